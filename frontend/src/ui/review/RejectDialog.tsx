import { NativeSelect, Textarea } from "@mantine/core";
import { useState } from "react";

import { FormDialog } from "@/ui/FormDialog";

interface Props {
  reasons: Readonly<Record<string, string>>;
  /** The reason that is chosen at first. */
  suggested?: string;
  isBusy: boolean;
  error: Error | null;
  onSubmit: (why: { reason: string; note: string }) => void;
  onClose: () => void;
}

/** Takes the clip out of the project. */
export function RejectDialog({ reasons, suggested = "", isBusy, error, onSubmit, onClose }: Props) {
  const [reason, setReason] = useState(suggested);
  const [note, setNote] = useState("");
  return (
    <FormDialog
      title="Reject this clip"
      isOpen
      onClose={onClose}
      verb="Reject the clip"
      isDangerous
      onSubmit={() => onSubmit({ reason, note: note.trim() })}
      isBusy={isBusy}
      error={error}
      isIncomplete={reason === "" || (reason === "other" && note.trim() === "")}
    >
      <p>The clip leaves the project for everybody. A lead can restore it.</p>
      <NativeSelect
        label="Why?"
        data-autofocus
        data={[
          { value: "", label: "Choose a reason" },
          ...Object.entries(reasons).map(([value, label]) => ({ value, label })),
        ]}
        value={reason}
        onChange={(event) => setReason(event.currentTarget.value)}
      />
      <Textarea
        label="Note"
        description={reason === "other" ? "Say what is wrong with it." : "Not needed."}
        required={reason === "other"}
        value={note}
        onChange={(event) => setNote(event.currentTarget.value)}
      />
    </FormDialog>
  );
}
