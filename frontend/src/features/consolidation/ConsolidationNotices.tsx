import { Button } from "@mantine/core";

import { UNUSABLE_REASONS } from "@/api/assignments";
import type { Consolidation } from "@/api/consolidations";
import { Notice } from "@/ui/Notice";

interface Props {
  consolidation: Consolidation;
  isElsewhere: boolean;
  isReadOnly: boolean;
  onTakeOver: () => void;
}

const ENDED: Readonly<Partial<Record<Consolidation["status"], string>>> = {
  waiting: "An annotation is back with its annotator. You get the clip again with the answer.",
  finished: "You finished this consolidation.",
  cancelled: "The clip was rejected, withdrawn or sent to a new round.",
  lost: "Another reviewer has this clip now.",
};

/** Why nothing can be written, what the annotators answered, and who found the clip unusable. */
export function ConsolidationNotices(props: Props) {
  const { consolidation, isElsewhere, isReadOnly, onTakeOver } = props;
  const { annotations, votes, status } = consolidation;
  const ended = ENDED[status];
  return (
    <>
      {isElsewhere && (
        <Notice
          tone="warning"
          title="This clip is open in another tab."
          action={<Button onClick={onTakeOver}>Work here instead</Button>}
        >
          Only one tab can write. The other one becomes read-only.
        </Notice>
      )}
      {ended !== undefined && <Notice tone="accent" title={ended} />}
      {isReadOnly && !isElsewhere && ended === undefined && (
        <Notice tone="warning" title="Your time for this clip is over.">
          What you chose stays on this page and on this device. Take the next clip in your queue to
          go on.
        </Notice>
      )}
      {votes.length > 0 && (
        <Notice tone="warning" title="Annotators found this clip unusable.">
          <ul>
            {votes.map(({ reason, note }, index) => (
              <li key={index}>
                {UNUSABLE_REASONS[reason]}
                {note !== "" && `: ${note}`}
              </li>
            ))}
          </ul>
        </Notice>
      )}
      {annotations.map(
        ({ uid, label, return: returned }) =>
          returned !== null && (
            <Notice
              key={uid}
              tone="accent"
              title={`You returned annotation ${label} (${returned.loop} of ${consolidation.return_cap}): ${returned.reason}`}
            >
              {returned.answer === ""
                ? "There is no answer in words."
                : `Answer: ${returned.answer}`}
            </Notice>
          ),
      )}
    </>
  );
}
