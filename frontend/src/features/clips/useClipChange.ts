import { useMutation, useQueryClient } from "@tanstack/react-query";

/** A lead's change of one clip: everything that shows the clip is read anew. */
export function useClipChange<Input, Output>(
  clipId: number,
  change: (input: Input) => Promise<Output>,
) {
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: change,
    onSuccess: () =>
      Promise.all([
        queryClient.invalidateQueries({ queryKey: ["clips", clipId] }),
        queryClient.invalidateQueries({ queryKey: ["projects"] }),
      ]),
  });
}
