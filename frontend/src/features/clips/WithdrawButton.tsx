import { Button, Stack, Textarea, TextInput } from "@mantine/core";
import { useState } from "react";

import { type Withdrawal, withdrawClip } from "@/api/clips";
import type { ClipDetail } from "@/api/types";
import { useClipChange } from "./useClipChange";
import { Dialog } from "@/ui/Dialog";
import { FormDialog } from "@/ui/FormDialog";

/** Ends the use of a clip for good, so the person types its name. */
export function WithdrawButton({ clip }: { clip: ClipDetail }) {
  const [isOpen, setIsOpen] = useState(false);
  const [reason, setReason] = useState("");
  const [typedName, setTypedName] = useState("");
  const { mutate, reset, data, isPending, error } = useClipChange(clip.id, () =>
    withdrawClip(clip.id, reason.trim()),
  );
  return (
    <>
      <Button variant="default" color="red" onClick={() => setIsOpen(true)}>
        Withdraw…
      </Button>
      <FormDialog
        title="Withdraw the clip"
        isOpen={isOpen}
        onClose={() => setIsOpen(false)}
        verb="Withdraw for good"
        isDangerous
        onSubmit={() => mutate(undefined, { onSuccess: () => setIsOpen(false) })}
        isBusy={isPending}
        isIncomplete={reason.trim() === "" || typedName !== clip.name}
        error={error}
      >
        <p>Its consent or licence has ended. This cannot be undone.</p>
        <Textarea
          label="Reason"
          data-autofocus
          autosize
          maxLength={2000}
          value={reason}
          onChange={(event) => setReason(event.currentTarget.value)}
        />
        <TextInput
          label={`Type ${clip.name} to confirm`}
          autoComplete="off"
          value={typedName}
          onChange={(event) => setTypedName(event.currentTarget.value)}
        />
      </FormDialog>
      <Dialog title="The clip is withdrawn" isOpen={data !== undefined} onClose={reset}>
        {data !== undefined && <Uses uses={data} />}
      </Dialog>
    </>
  );
}

function Uses({ uses }: { uses: Withdrawal }) {
  const versions = uses.dataset_versions.map(({ number }) => `version ${number}`);
  return (
    <Stack>
      {versions.length === 0 ? (
        <p>No dataset version holds it.</p>
      ) : (
        <p>
          These dataset versions hold its caption: {versions.join(", ")}. Versions to come leave it
          out; tell the people who use these, and the {uses.exports.length} exports made of them.
        </p>
      )}
    </Stack>
  );
}
