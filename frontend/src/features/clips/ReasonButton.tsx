import { Button, Textarea } from "@mantine/core";
import { useState } from "react";

import { useClipChange } from "./useClipChange";
import { FormDialog } from "@/ui/FormDialog";

interface Props {
  clipId: number;
  title: string;
  explanation: string;
  verb: string;
  onConfirm: (reason: string) => Promise<unknown>;
}

/** A change that is recorded with its reason. */
export function ReasonButton({ clipId, title, explanation, verb, onConfirm }: Props) {
  const [isOpen, setIsOpen] = useState(false);
  const [reason, setReason] = useState("");
  const { mutate, isPending, error } = useClipChange(clipId, onConfirm);
  return (
    <>
      <Button variant="default" onClick={() => setIsOpen(true)}>
        {verb}…
      </Button>
      <FormDialog
        title={title}
        isOpen={isOpen}
        onClose={() => setIsOpen(false)}
        verb={verb}
        onSubmit={() => mutate(reason.trim(), { onSuccess: () => setIsOpen(false) })}
        isBusy={isPending}
        isIncomplete={reason.trim() === ""}
        error={error}
      >
        <p>{explanation}</p>
        <Textarea
          label="Reason"
          description="It is kept with the clip's history."
          data-autofocus
          rows={2}
          resize="vertical"
          maxLength={2000}
          value={reason}
          onChange={(event) => setReason(event.currentTarget.value)}
        />
      </FormDialog>
    </>
  );
}
