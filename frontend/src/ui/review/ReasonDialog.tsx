import { Textarea } from "@mantine/core";
import { type ReactNode, useState } from "react";

import { FormDialog } from "@/ui/FormDialog";

interface Props {
  title: string;
  label: string;
  verb: string;
  isBusy: boolean;
  error: Error | null;
  onSubmit: (reason: string) => void;
  onClose: () => void;
  isIncomplete?: boolean;
  /** Questions before the reason. */
  children?: ReactNode;
}

/** A step that somebody else will want to understand: it needs a sentence of why. */
export function ReasonDialog(props: Props) {
  const { title, label, verb, isBusy, error, onSubmit, onClose, children } = props;
  const [reason, setReason] = useState("");
  return (
    <FormDialog
      title={title}
      isOpen
      onClose={onClose}
      verb={verb}
      onSubmit={() => onSubmit(reason.trim())}
      isBusy={isBusy}
      error={error}
      isIncomplete={reason.trim() === "" || props.isIncomplete === true}
    >
      {children}
      <Textarea
        label={label}
        required
        rows={3}
        data-autofocus
        maxLength={2000}
        value={reason}
        onChange={(event) => setReason(event.currentTarget.value)}
      />
    </FormDialog>
  );
}
