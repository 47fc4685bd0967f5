import { ActionIcon, Button, Group } from "@mantine/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { useSyncExternalStore } from "react";

import { undoSubmission } from "@/api/assignments";
import { lastSubmission, type Submitted } from "@/core/lastSubmission";
import { ErrorNotice } from "@/ui/ErrorNotice";
import { Icon } from "@/ui/Icon";
import { Notice } from "@/ui/Notice";

/** After a submission, on whatever page follows: the way back. */
export function TakeBackNotice() {
  const submitted = useSyncExternalStore(lastSubmission.subscribe, lastSubmission.current);
  return submitted === null ? null : <TakeBack key={submitted.assignmentId} {...submitted} />;
}

function TakeBack({ assignmentId, clipName }: Submitted) {
  const navigate = useNavigate();
  const queryClient = useQueryClient();
  const { mutate, isPending, error } = useMutation({
    mutationFn: () => undoSubmission(assignmentId),
    onSuccess: async () => {
      lastSubmission.set(null);
      await queryClient.invalidateQueries({ queryKey: ["assignments", assignmentId] });
      await navigate({ to: "/assignments/$assignmentId", params: { assignmentId } });
    },
  });
  return (
    <>
      <Notice
        tone="positive"
        action={
          <Group gap="xs">
            <Button
              size="compact-sm"
              variant="default"
              loading={isPending}
              onClick={() => mutate()}
            >
              Take it back
            </Button>
            <ActionIcon aria-label="Close this message" onClick={() => lastSubmission.set(null)}>
              <Icon name="clear" size={16} />
            </ActionIcon>
          </Group>
        }
      >
        {clipName} was submitted.
      </Notice>
      <ErrorNotice error={error} />
    </>
  );
}
