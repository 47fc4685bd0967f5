import { useMutation, useQueryClient } from "@tanstack/react-query";

import {
  candidatesQuery,
  chooseTemplate,
  removeTemplate,
  type TemplateCandidate,
  type TemplateChoice,
} from "@/api/templates";

/** A choice shows at once; where the server refuses it, the list is read again. */
export function useChoosing(projectId: number) {
  const queryClient = useQueryClient();
  const { queryKey } = candidatesQuery(projectId);
  const change = (next: (rows: TemplateCandidate[]) => TemplateCandidate[]) =>
    queryClient.setQueryData<TemplateCandidate[]>(queryKey, (rows) => rows && next(rows));
  const readAgain = () => void queryClient.invalidateQueries({ queryKey });
  const choosing = useMutation({
    mutationFn: ({ uid, choice }: { uid: string; choice: TemplateChoice }) =>
      chooseTemplate(uid, choice),
    onMutate: ({ uid, choice }) =>
      change((rows) => rows.map((row) => (row.uid === uid ? { ...row, choice } : row))),
    onError: readAgain,
  });
  const removing = useMutation({
    mutationFn: removeTemplate,
    onSuccess: (_, removed) => change((rows) => rows.filter(({ uid }) => uid !== removed)),
    onError: readAgain,
  });
  return {
    choose: (uid: string, choice: TemplateChoice) => choosing.mutate({ uid, choice }),
    remove: (uid: string) => removing.mutate(uid),
    error: choosing.error ?? removing.error,
  };
}
