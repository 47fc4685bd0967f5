import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";

import { rejectClip, restoreClip } from "@/api/clips";
import { keepScreened, rejectScreened, type ScreenedClip, screeningKey } from "@/api/screening";

/** What came of a decision about one clip; it stays beside the clip until the page is left. */
export interface Decision {
  clip: ScreenedClip;
  isSending: boolean;
  error: Error | null;
  at: number;
}

export interface Why {
  reason: string;
  note: string;
}

interface Asked {
  clip: ScreenedClip;
  send: () => Promise<ScreenedClip>;
}

/** Once a clip is open for work, its rejection is that of every other clip. */
async function rejectAtAnyStage(clip: ScreenedClip, why: Why): Promise<ScreenedClip> {
  if (clip.stage === "screening" || clip.stage === "rejected") return rejectScreened(clip.id, why);
  await rejectClip(clip.id, why);
  return { ...clip, stage: "rejected" };
}

async function restore(clip: ScreenedClip): Promise<ScreenedClip> {
  const { stage } = await restoreClip(clip.id, "");
  return { ...clip, stage };
}

/** Decisions about clips of one list, each sent once however often its key is pressed. */
export function useDecisions(projectId: number) {
  const queryClient = useQueryClient();
  const [decisions, setDecisions] = useState<ReadonlyMap<number, Decision>>(new Map());
  const note = (clip: ScreenedClip, isSending: boolean, error: Error | null) =>
    setDecisions((former) =>
      new Map(former).set(clip.id, { clip, isSending, error, at: Date.now() }),
    );
  const { mutate } = useMutation({
    mutationFn: ({ send }: Asked) => send(),
    onMutate: ({ clip }) => {
      note(clip, true, null);
      // An answer that was under way would show the clip as it was.
      return queryClient.cancelQueries({ queryKey: [...screeningKey(projectId), "clips"] });
    },
    onError: (error, { clip }) => note(clip, false, error),
    onSuccess: (clip) => {
      note(clip, false, null);
      return Promise.all([
        queryClient.invalidateQueries({ queryKey: ["clips", clip.id] }),
        queryClient.invalidateQueries({ queryKey: ["projects"], refetchType: "none" }),
        queryClient.invalidateQueries({ queryKey: screeningKey(projectId), refetchType: "none" }),
      ]);
    },
  });
  const decide = (
    clip: ScreenedClip,
    send: () => Promise<ScreenedClip>,
    onDone: () => void = () => undefined,
  ) => {
    if (decisions.get(clip.id)?.isSending !== true) mutate({ clip, send }, { onSuccess: onDone });
  };
  return {
    decisions,
    keep: (clip: ScreenedClip) => decide(clip, () => keepScreened(clip.id)),
    reject: (clip: ScreenedClip, why: Why, onDone: () => void) =>
      decide(clip, () => rejectAtAnyStage(clip, why), onDone),
    restore: (clip: ScreenedClip) => decide(clip, () => restore(clip)),
  };
}

/** The clips as read, with what was decided since; a clip that left the list stays in its place. */
export function withDecisions(
  clips: readonly ScreenedClip[],
  readAt: number,
  decisions: ReadonlyMap<number, Decision>,
): ScreenedClip[] {
  const shown = new Map(clips.map((clip) => [clip.id, clip]));
  for (const { clip, at } of decisions.values()) {
    if (!shown.has(clip.id) || at >= readAt) shown.set(clip.id, clip);
  }
  return [...shown.values()].sort((one, other) => one.id - other.id);
}
