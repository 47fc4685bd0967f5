import { Button, Select } from "@mantine/core";
import { useMutation, useQuery } from "@tanstack/react-query";
import { useState } from "react";

import { evaluateModel } from "@/api/evaluations";
import { modelVersionsQuery } from "@/api/modelVersions";
import { EvaluationFields } from "./EvaluationFields";
import { useEvaluationForm } from "./useEvaluationForm";
import { FormDialog } from "@/ui/FormDialog";

/** Has a model version caption every clip of a split, and scores what it writes. */
export function EvaluateButton({ projectId }: { projectId: number }) {
  const [isOpen, setIsOpen] = useState(false);
  const form = useEvaluationForm(projectId);
  const models = useQuery({ ...modelVersionsQuery(projectId), enabled: isOpen });
  const starting = useMutation({
    mutationFn: () => evaluateModel(form.version, form.judging),
    onSuccess: () => {
      setIsOpen(false);
      return form.readAnew();
    },
  });
  return (
    <>
      <Button onClick={() => setIsOpen(true)}>Evaluate a model</Button>
      <FormDialog
        title="Evaluate a model"
        isOpen={isOpen}
        onClose={() => setIsOpen(false)}
        verb="Evaluate"
        onSubmit={() => starting.mutate()}
        isBusy={starting.isPending}
        isIncomplete={form.isIncomplete}
        error={starting.error ?? models.error}
        size="lg"
      >
        <Select
          label="Model version"
          data-autofocus
          allowDeselect={false}
          data={(models.data ?? []).map(({ uid, name }) => ({ value: uid, label: name }))}
          value={form.judging.model === "" ? null : form.judging.model}
          onChange={(model) => form.change({ model: model ?? "" })}
        />
        <EvaluationFields
          projectId={projectId}
          version={form.version}
          judging={form.judging}
          onVersion={form.setVersion}
          onJudging={form.change}
        />
      </FormDialog>
    </>
  );
}
