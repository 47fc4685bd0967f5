import { useInfiniteQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";

import { versionsQuery } from "@/api/datasets";
import { evaluationsKey, type Judging, OFFLINE_METRICS } from "@/api/evaluations";
import { rowsOf } from "@/api/pages";

const NEW: Judging = {
  model: "",
  split: "test",
  judge: "",
  metrics: [...OFFLINE_METRICS],
  rewrites: false,
  judges_others: false,
  anew: false,
};

/** What is asked about an evaluation before it is started. Proposes the newest version. */
export function useEvaluationForm(projectId: number) {
  const queryClient = useQueryClient();
  const newest = rowsOf(useInfiniteQuery(versionsQuery(projectId)).data)[0]?.uid ?? "";
  const [chosen, setVersion] = useState<string | null>(null);
  const [judging, setJudging] = useState(NEW);
  const version = chosen ?? newest;
  return {
    version,
    judging,
    setVersion,
    change: (changes: Partial<Judging>) => setJudging({ ...judging, ...changes }),
    readAnew: () => queryClient.invalidateQueries({ queryKey: evaluationsKey(projectId) }),
    isIncomplete: version === "" || judging.model.trim() === "" || judging.metrics.length === 0,
  };
}
