import { useMutation } from "@tanstack/react-query";
import { useState } from "react";

import {
  type CrossValidation,
  type Mark,
  saveMarks,
  type SentenceMark,
} from "@/api/crossValidations";

interface Marks {
  markOf: (sentence: string) => SentenceMark | undefined;
  mark: (sentence: string, mark: Mark) => void;
  annotate: (sentence: string, note: string) => void;
  /** Sends them once more; rejects while the server cannot be reached. */
  save: () => Promise<unknown>;
  error: Error | null;
}

/** The marks on the first result; each change sends all of them, one request after the other. */
export function useMarks({ id, marks: served }: CrossValidation): Marks {
  const [marks, setMarks] = useState<readonly SentenceMark[]>(served);
  const { mutate, mutateAsync, error } = useMutation({
    mutationFn: (all: readonly SentenceMark[]) => saveMarks(id, all),
    scope: { id: `marks-${id}` },
  });
  const change = (changed: SentenceMark) => {
    const all = [...marks.filter(({ sentence }) => sentence !== changed.sentence), changed];
    setMarks(all);
    mutate(all);
  };
  const markOf = (sentence: string) => marks.find((mark) => mark.sentence === sentence);
  return {
    markOf,
    mark: (sentence, mark) =>
      change({ sentence, mark, note: mark === "ok" ? "" : (markOf(sentence)?.note ?? "") }),
    annotate: (sentence, note) => {
      const known = markOf(sentence);
      if (known !== undefined && known.note !== note) change({ ...known, note });
    },
    save: () => mutateAsync(marks),
    error,
  };
}
