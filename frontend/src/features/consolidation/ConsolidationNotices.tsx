import { UNUSABLE_REASONS } from "@/api/assignments";
import type { Consolidation } from "@/api/consolidations";
import { Notice } from "@/ui/Notice";
import { ReviewNotices } from "@/ui/review/ReviewNotices";

interface Props {
  consolidation: Consolidation;
  isElsewhere: boolean;
  isReadOnly: boolean;
  onTakeOver: () => void;
}

/** Why nothing can be written, what the annotators answered, and who found the clip unusable. */
export function ConsolidationNotices(props: Props) {
  const { consolidation, isElsewhere, isReadOnly, onTakeOver } = props;
  const { annotations, votes } = consolidation;
  return (
    <>
      <ReviewNotices
        status={consolidation.status}
        isElsewhere={isElsewhere}
        isReadOnly={isReadOnly}
        onTakeOver={onTakeOver}
      />
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
