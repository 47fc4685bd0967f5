import { Button } from "@mantine/core";
import { useState } from "react";

import { type ModelKind, rollBack } from "@/api/modelVersions";
import { kindLabel } from "@/core/modelKinds";
import { ReasonField } from "./ReasonField";
import { useModelChange } from "./useModelChange";
import { FormDialog } from "@/ui/FormDialog";

interface Props {
  projectId: number;
  kind: ModelKind;
  /** The name of the default, which would be retired. */
  current: string;
}

export function RollBackButton({ projectId, kind, current }: Props) {
  const [isOpen, setIsOpen] = useState(false);
  const [reason, setReason] = useState("");
  const change = useModelChange(projectId, () => rollBack(projectId, kind, reason.trim()));
  const close = () => {
    setIsOpen(false);
    setReason("");
  };
  return (
    <>
      <Button size="xs" variant="default" onClick={() => setIsOpen(true)}>
        Roll back…<span className="visually-hidden"> {kindLabel(kind)}</span>
      </Button>
      <FormDialog
        title={`Roll back ${current}`}
        isOpen={isOpen}
        onClose={close}
        verb="Roll back"
        onSubmit={() => change.mutate(undefined, { onSuccess: close })}
        isBusy={change.isPending}
        isIncomplete={reason.trim() === ""}
        error={change.error}
      >
        <p>
          The default before it drafts again, and {current} is retired. Clips that have their drafts
          keep them.
        </p>
        <ReasonField isFirst value={reason} onChange={setReason} />
      </FormDialog>
    </>
  );
}
