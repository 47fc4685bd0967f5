import { Button, Radio, Stack, Textarea } from "@mantine/core";
import { useState } from "react";

import { UNUSABLE_REASONS } from "@/api/assignments";
import { rejectClip } from "@/api/clips";
import { useClipChange } from "./useClipChange";
import { FormDialog } from "@/ui/FormDialog";

export function RejectButton({ clipId }: { clipId: number }) {
  const [isOpen, setIsOpen] = useState(false);
  const [reason, setReason] = useState("");
  const [note, setNote] = useState("");
  const { mutate, isPending, error } = useClipChange(clipId, () =>
    rejectClip(clipId, { reason, note: note.trim() }),
  );
  return (
    <>
      <Button variant="default" onClick={() => setIsOpen(true)}>
        Reject…
      </Button>
      <FormDialog
        title="Reject the clip"
        isOpen={isOpen}
        onClose={() => setIsOpen(false)}
        verb="Reject"
        isDangerous
        onSubmit={() => mutate(undefined, { onSuccess: () => setIsOpen(false) })}
        isBusy={isPending}
        isIncomplete={reason === "" || (reason === "other" && note.trim() === "")}
        error={error}
      >
        <p>Nobody works on it any more. You can restore it later.</p>
        <Radio.Group label="Reason" value={reason} onChange={setReason}>
          <Stack gap="xs" mt="xs">
            {Object.entries(UNUSABLE_REASONS).map(([value, label]) => (
              <Radio key={value} value={value} label={label} />
            ))}
          </Stack>
        </Radio.Group>
        <Textarea
          label="Note"
          rows={2}
          resize="vertical"
          maxLength={2000}
          value={note}
          onChange={(event) => setNote(event.currentTarget.value)}
        />
      </FormDialog>
    </>
  );
}
