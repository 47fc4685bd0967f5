import { Button, Textarea, TextInput } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";

import { type ClipUses, clipUsesQuery, withdrawClip } from "@/api/clips";
import type { ClipDetail } from "@/api/types";
import { useClipChange } from "./useClipChange";
import { FormDialog } from "@/ui/FormDialog";
import { Loading } from "@/ui/Loading";

/** Ends the use of a clip for good, so the person sees what used it and types its name. */
export function WithdrawButton({ clip }: { clip: ClipDetail }) {
  const [isOpen, setIsOpen] = useState(false);
  const [reason, setReason] = useState("");
  const [typedName, setTypedName] = useState("");
  const uses = useQuery({ ...clipUsesQuery(clip.id), enabled: isOpen });
  const { mutate, isPending, error } = useClipChange(clip.id, () =>
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
        isIncomplete={uses.data === undefined || reason.trim() === "" || typedName !== clip.name}
        error={error ?? uses.error}
      >
        <p>
          For a clip whose consent or licence has ended. Nobody sees it any more, later dataset
          versions leave it out, and this cannot be undone.
        </p>
        {uses.isPending && <Loading label="Looking for what used it" />}
        {uses.data !== undefined && <p>{sayUses(uses.data)}</p>}
        <Textarea
          label="Reason"
          data-autofocus
          rows={2}
          resize="vertical"
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
    </>
  );
}

function sayUses({ dataset_versions: versions, exports, training_runs: runs }: ClipUses): string {
  if (versions.length === 0) return "No dataset version holds its caption.";
  const named = versions.map(({ number }) => `version ${number}`).join(", ");
  const made = exports.length === 1 ? "1 export was" : `${exports.length} exports were`;
  return (
    `Its caption stays in dataset ${named}, of which ${made} made: tell the people who use them.` +
    saySeen(runs)
  );
}

function saySeen(runs: ClipUses["training_runs"]): string {
  if (runs.length === 0) return "";
  const named = runs.map(({ number, models }) =>
    models.length === 0 ? `run ${number}` : `run ${number}, now ${models.join(" and ")}`,
  );
  return ` It was seen by training ${named.join("; ")}.`;
}
