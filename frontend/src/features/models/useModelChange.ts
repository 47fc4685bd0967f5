import { useMutation, useQueryClient } from "@tanstack/react-query";

import { modelsKey } from "@/api/modelVersions";

/** A change of a project's models: their list and their history are read anew. */
export function useModelChange<Input, Output>(
  projectId: number,
  change: (input: Input) => Promise<Output>,
) {
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: change,
    onSuccess: () => queryClient.invalidateQueries({ queryKey: modelsKey(projectId) }),
  });
}
