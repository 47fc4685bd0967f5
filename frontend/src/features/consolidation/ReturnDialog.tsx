import { Checkbox, Radio, Stack } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { useState } from "react";

import { type Consolidation, returnAnnotation } from "@/api/consolidations";
import { listSentences } from "@/core/documentEdits";
import { ReasonDialog } from "@/ui/review/ReasonDialog";
import type { ReviewSession } from "@/ui/review/RowsDesk";

import { useLeave } from "./ConsolidationDialogs";

interface Props {
  consolidation: Consolidation;
  session: ReviewSession;
  onClose: () => void;
}

/** Sends one annotation back to its annotator; what was chosen so far waits for the answer. */
export function ReturnDialog({ consolidation, session, onClose }: Props) {
  const { annotations, return_cap: cap, id } = consolidation;
  const [uid, setUid] = useState<string | null>(null);
  const [sentences, setSentences] = useState<string[]>([]);
  const leave = useLeave(consolidation.project_id);
  const chosen = annotations.find((annotation) => annotation.uid === uid);
  const { mutate, isPending, error } = useMutation({
    mutationFn: async (reason: string) => {
      session.editing.desk.settleTyping();
      if (!(await session.journal.flush())) {
        throw new Error("Your choices are not saved yet. Wait for the connection and try again.");
      }
      return returnAnnotation(id, { annotation: uid ?? "", reason, sentences });
    },
    onSuccess: () => leave(null),
  });
  return (
    <ReasonDialog
      title="Return an annotation"
      label="What should the annotator do?"
      verb="Return it"
      isBusy={isPending}
      error={error}
      onSubmit={mutate}
      onClose={onClose}
      isIncomplete={uid === null}
    >
      <Radio.Group
        label="Which annotation?"
        value={uid}
        onChange={(value) => {
          setUid(value);
          setSentences([]);
        }}
      >
        <Stack gap="xs" mt="xs">
          {annotations.map(({ uid: each, label, return: returned }) => {
            const loop = returned?.loop ?? 0;
            return (
              <Radio
                key={each}
                value={each}
                disabled={loop >= cap}
                label={`Annotation ${label}${loop === 0 ? "" : `, returned ${loop} of ${cap} times`}`}
              />
            );
          })}
        </Stack>
      </Radio.Group>
      {chosen !== undefined && (
        <Checkbox.Group
          label="Which sentences? None means all of it."
          value={sentences}
          onChange={setSentences}
        >
          <Stack gap="xs" mt="xs">
            {listSentences(chosen.document).map((sentence) => (
              <Checkbox key={sentence.id} value={sentence.id} label={sentence.text} />
            ))}
          </Stack>
        </Checkbox.Group>
      )}
    </ReasonDialog>
  );
}
