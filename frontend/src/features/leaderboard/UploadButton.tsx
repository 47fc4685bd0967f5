import { Button, Checkbox, FileInput, TextInput } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { useState } from "react";

import { checkUpload, type UploadCheck, uploadPredictions } from "@/api/evaluations";
import { EvaluationFields } from "./EvaluationFields";
import { sayClips } from "./metricLabels";
import { useEvaluationForm } from "./useEvaluationForm";
import { FormDialog } from "@/ui/FormDialog";
import { Notice } from "@/ui/Notice";

const MOST_NAMED = 10;

/** Scores texts of a model that is not registered here. The file is looked at before it is sent for good. */
export function UploadButton({ projectId }: { projectId: number }) {
  const [isOpen, setIsOpen] = useState(false);
  const [file, setFile] = useState<File | null>(null);
  const [commonOnly, setCommonOnly] = useState(false);
  const form = useEvaluationForm(projectId);
  const { version, judging } = form;
  const checking = useMutation({
    mutationFn: (chosen: File) => checkUpload(version, judging.split, chosen),
  });
  const sending = useMutation({
    mutationFn: (chosen: File) => uploadPredictions(version, judging, chosen, commonOnly),
    onSuccess: () => {
      setIsOpen(false);
      setFile(null);
      checking.reset();
      return form.readAnew();
    },
  });
  const found = checking.data;
  const startAnew = () => {
    checking.reset();
    sending.reset();
  };
  return (
    <>
      <Button variant="default" onClick={() => setIsOpen(true)}>
        Upload predictions
      </Button>
      <FormDialog
        title="Upload predictions"
        isOpen={isOpen}
        onClose={() => setIsOpen(false)}
        verb={found === undefined ? "Check the file" : "Evaluate"}
        onSubmit={() => {
          if (file !== null) (found === undefined ? checking : sending).mutate(file);
        }}
        isBusy={checking.isPending || sending.isPending}
        isIncomplete={form.isIncomplete || file === null || isRefused(found, commonOnly)}
        error={sending.error ?? checking.error}
        size="lg"
      >
        <TextInput
          label="Name of the row"
          data-autofocus
          maxLength={200}
          value={judging.model}
          onChange={(event) => form.change({ model: event.currentTarget.value })}
        />
        <FileInput
          label="File"
          description="JSON: an object from clip to caption, or a list of objects with id and caption. A clip is called by its name or its uid."
          accept="application/json,.json"
          placeholder="Choose a file"
          value={file}
          onChange={(chosen) => {
            setFile(chosen);
            startAnew();
          }}
        />
        <EvaluationFields
          projectId={projectId}
          version={version}
          judging={judging}
          onVersion={(chosen) => {
            form.setVersion(chosen);
            startAnew();
          }}
          onJudging={(changes) => {
            form.change(changes);
            if ("split" in changes) startAnew();
          }}
        />
        {found !== undefined && (
          <Found found={found} commonOnly={commonOnly} onCommonOnly={setCommonOnly} />
        )}
      </FormDialog>
    </>
  );
}

function isRefused(found: UploadCheck | undefined, commonOnly: boolean): boolean {
  if (found === undefined) return false;
  const differs = found.missing.length + found.extra.length > 0;
  return found.clips === 0 || (differs && !commonOnly);
}

interface FoundProps {
  found: UploadCheck;
  commonOnly: boolean;
  onCommonOnly: (commonOnly: boolean) => void;
}

/** What would be scored. Other clips on either side are named, and left out only when told so. */
function Found({ found, commonOnly, onCommonOnly }: FoundProps) {
  const { clips, empty, missing, extra } = found;
  const differs = missing.length + extra.length > 0;
  return (
    <Notice
      tone={differs ? "warning" : "positive"}
      title={`${sayClips(clips)} of the split with a text.`}
    >
      {empty > 0 && <p>{empty} of the texts are empty and are scored as empty.</p>}
      {missing.length > 0 && <p>Without a text: {listed(missing)}.</p>}
      {extra.length > 0 && <p>No clips of the split: {listed(extra)}.</p>}
      {differs && (
        <Checkbox
          mt="xs"
          label="Score what both have; the row is marked as one of other clips"
          checked={commonOnly}
          onChange={() => onCommonOnly(!commonOnly)}
        />
      )}
    </Notice>
  );
}

function listed(names: readonly string[]): string {
  const rest = names.length - MOST_NAMED;
  const shown = names.slice(0, MOST_NAMED).join(", ");
  return rest > 0 ? `${shown} and ${rest} more` : shown;
}
