import { Button, Group, NativeSelect } from "@mantine/core";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";

import { cardQuery, countActions, type DataCard } from "@/api/datasets";
import { isUnderway } from "@/api/jobs";
import { modelVersionsQuery } from "@/api/modelVersions";
import { countOf } from "@/core/counting";
import { ErrorNotice } from "@/ui/ErrorNotice";
import { JobProgress } from "@/ui/JobProgress";

interface Props {
  versionUid: string;
  projectId: number;
  card: DataCard;
}

/** A hosted model of the project that did not count yet; the project's budget pays. */
export function AskForCount({ versionUid, projectId, card }: Props) {
  const queryClient = useQueryClient();
  const models = useQuery(modelVersionsQuery(projectId));
  const [chosen, setChosen] = useState("");
  const asking = useMutation({
    mutationFn: (model: string) => countActions(versionUid, model),
    onSettled: () => queryClient.invalidateQueries(cardQuery(versionUid)),
  });
  const hosted = (models.data ?? []).filter(({ kind }) => kind === "openai");
  const left = hosted.filter(({ uid }) => card.action_counts.every(({ model }) => model !== uid));
  const model = left.find(({ uid }) => uid === chosen) ?? left[0];
  const isCounting = isUnderway(card.counting);
  return (
    <>
      <ErrorNotice error={models.error ?? asking.error} />
      {models.data !== undefined && hosted.length === 0 && (
        <p className="quiet">
          Only the lexicon counted. Register a hosted model on the page Models to have it count too.
        </p>
      )}
      {model !== undefined && (
        <Group align="end" gap="sm">
          <NativeSelect
            label="Model that counts"
            data={left.map(({ uid, name }) => ({ value: uid, label: name }))}
            value={model.uid}
            disabled={isCounting}
            onChange={({ currentTarget: { value } }) => setChosen(value)}
          />
          <Button
            variant="default"
            loading={asking.isPending}
            disabled={isCounting}
            onClick={() => asking.mutate(model.uid)}
          >
            Have a model count
          </Button>
          <span className="quiet">
            {countOf(card.questions, "question")}, paid for by the project&rsquo;s budget
          </span>
        </Group>
      )}
      {card.counting !== null && (
        <JobProgress label="Counting facial actions" job={card.counting} />
      )}
    </>
  );
}
