import { Button, CopyButton, Group, Textarea } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";

import { reclaimAssignment, undoSubmission } from "@/api/assignments";
import type { Assignment } from "@/api/types";
import type { CaptionDocument } from "@/core/captionDocument";
import { DATASET_PARTS, renderCaption } from "@/core/captionRendering";
import { ErrorNotice } from "@/ui/ErrorNotice";
import { Notice } from "@/ui/Notice";

import type { WorkspaceSession } from "./useWorkspace";

interface Props {
  assignment: Assignment;
  session: WorkspaceSession;
  isElsewhere: boolean;
  submitError: Error | null;
  answer: string;
  onAnswer: (answer: string) => void;
  onTakeOver: () => Promise<void>;
  onReopen: () => Promise<void>;
}

/** What stands above the text: why it is read-only, what a reviewer asks, why submitting failed. */
export function WorkspaceNotices(props: Props) {
  const { assignment, session, isElsewhere, submitError, onReopen, onTakeOver } = props;
  const isSubmitted = assignment.status === "submitted";
  const takeOver = () => void onTakeOver().then(onReopen);
  return (
    <>
      {isElsewhere && (
        <Notice
          tone="warning"
          title="This clip is open in another tab."
          action={<Button onClick={takeOver}>Work here instead</Button>}
        >
          Only one tab can write. The other one becomes read-only.
        </Notice>
      )}
      {isSubmitted && <SubmittedNotice assignment={assignment} onReopen={onReopen} />}
      {session.isReadOnly && !isElsewhere && !isSubmitted && <LostNotice {...props} />}
      {assignment.return !== null && !isSubmitted && <ReturnNotice {...props} />}
      <ErrorNotice error={submitError} />
    </>
  );
}

function SubmittedNotice({ assignment, onReopen }: Pick<Props, "assignment" | "onReopen">) {
  const { mutate, isPending, error } = useMutation({
    mutationFn: () => undoSubmission(assignment.id),
    onSuccess: onReopen,
  });
  return (
    <>
      <Notice
        tone="accent"
        title="You submitted this clip."
        action={
          assignment.can_undo && (
            <Button variant="default" loading={isPending} onClick={() => mutate()}>
              Take it back
            </Button>
          )
        }
      >
        {assignment.can_undo
          ? "You can take it back until a reviewer begins with it."
          : "A reviewer has it now, so it cannot be changed."}
      </Notice>
      <ErrorNotice error={error} />
    </>
  );
}

function LostNotice({ assignment, session, onReopen }: Props) {
  const navigate = useNavigate();
  const { mutate, isPending, error } = useMutation({
    mutationFn: () => reclaimAssignment(assignment.id),
    // The clip may come back on another of its places, which has an address of its own.
    onSuccess: ({ id }) =>
      id === assignment.id ? onReopen() : navigate({ to: `/assignments/${id}`, replace: true }),
  });
  return (
    <>
      <Notice
        tone="warning"
        title="Your time for this clip is over."
        action={
          <Group gap="xs">
            <CopyButton value={textOf(session.view.document)}>
              {({ copied, copy }) => (
                <Button variant="default" onClick={copy}>
                  {copied ? "Copied" : "Copy the text"}
                </Button>
              )}
            </CopyButton>
            <Button loading={isPending} onClick={() => mutate()}>
              Ask for it back
            </Button>
          </Group>
        }
      >
        What you wrote is kept on this device and stays on this page.
      </Notice>
      <ErrorNotice error={error} />
    </>
  );
}

function textOf(document: CaptionDocument): string {
  return renderCaption(document, "full", [...DATASET_PARTS, "summary"]);
}

function ReturnNotice({ assignment, answer, onAnswer }: Props) {
  return (
    <Notice tone="accent" title="A reviewer sent this back to you.">
      <p>{assignment.return?.reason}</p>
      <Textarea
        label="Your answer to the reviewer"
        description="Sent when you submit; it may stay empty."
        value={answer}
        onChange={(event) => onAnswer(event.currentTarget.value)}
      />
    </Notice>
  );
}
