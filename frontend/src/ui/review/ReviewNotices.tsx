import { Button } from "@mantine/core";

import { Notice } from "@/ui/Notice";

interface Props {
  status: string;
  isElsewhere: boolean;
  isReadOnly: boolean;
  onTakeOver: () => void;
}

const ENDED: Readonly<Record<string, string>> = {
  waiting: "An annotation is back with its annotator. You get the clip again with the answer.",
  finished: "You finished this review.",
  cancelled: "The clip was rejected, withdrawn or sent to a new round.",
  lost: "Another reviewer has this clip now.",
};

/** Why nothing can be written on a review. */
export function ReviewNotices({ status, isElsewhere, isReadOnly, onTakeOver }: Props) {
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
    </>
  );
}
