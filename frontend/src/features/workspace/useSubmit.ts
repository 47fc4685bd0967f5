import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";

import { submitAssignment } from "@/api/assignments";
import type { Assignment } from "@/api/types";
import type { CaptionDocument } from "@/core/captionDocument";
import type { Journal } from "@/core/journal";
import { lastSubmission } from "@/core/lastSubmission";
import { workPath } from "@/core/paths";

interface Submission {
  submit: () => void;
  isPending: boolean;
  error: Error | null;
}

/** Saves what is unsent, submits that revision, and goes to the next clip or the queue. */
export function useSubmit(
  assignment: Assignment,
  journal: Journal<CaptionDocument>,
  answer: string,
): Submission {
  const navigate = useNavigate();
  const queryClient = useQueryClient();
  const { id, project_id: projectId, clip } = assignment;
  const { mutate, isPending, error } = useMutation({
    mutationFn: async () => {
      if (!(await journal.flush())) {
        throw new Error("Your text is not saved yet, so it cannot be submitted. Try again.");
      }
      return submitAssignment(id, journal.currentRevision, answer);
    },
    onSuccess: async ({ next }) => {
      lastSubmission.set({ assignmentId: id, clipName: clip.name });
      await queryClient.invalidateQueries({ queryKey: ["projects", projectId] });
      await navigate({ to: next === null ? `/projects/${projectId}/queue` : workPath(next) });
    },
  });
  return { submit: () => mutate(), isPending, error };
}
