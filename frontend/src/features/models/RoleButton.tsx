import { Button, NumberInput, Radio, Stack } from "@mantine/core";
import { useState } from "react";

import { DRAFT_ROLES, giveRole, type ModelVersion } from "@/api/modelVersions";
import { errorOfField } from "@/api/fieldErrors";
import { ROLE_MEANINGS } from "./modelLabels";
import { ReasonField } from "./ReasonField";
import { useModelChange } from "./useModelChange";
import { FormDialog } from "@/ui/FormDialog";

// Enough clips to see a difference, few enough that a bad version spoils little.
const FIRST_SHARE = 0.1;

interface Props {
  projectId: number;
  version: ModelVersion;
}

/** Promotes a version, or retires it, with a reason. */
export function RoleButton({ projectId, version }: Props) {
  const [isOpen, setIsOpen] = useState(false);
  const [role, setRole] = useState(version.role?.role ?? "shadow");
  const [share, setShare] = useState(version.role?.share ?? FIRST_SHARE);
  const [reason, setReason] = useState("");
  const change = useModelChange(projectId, () =>
    giveRole(projectId, {
      version: version.uid,
      role,
      share: role === "canary" ? share : null,
      reason: reason.trim(),
    }),
  );
  const close = () => {
    setIsOpen(false);
    setReason("");
  };
  return (
    <>
      <Button size="xs" variant="default" onClick={() => setIsOpen(true)}>
        Change role…<span className="visually-hidden"> of {version.name}</span>
      </Button>
      <FormDialog
        title={`Role of ${version.name}`}
        isOpen={isOpen}
        onClose={close}
        verb="Change"
        onSubmit={() => change.mutate(undefined, { onSuccess: close })}
        isBusy={change.isPending}
        isIncomplete={reason.trim() === ""}
        error={change.error}
      >
        <Radio.Group
          label="From now on"
          description="Clips that have their drafts keep them."
          value={role}
          onChange={(value) => setRole(DRAFT_ROLES.find((known) => known === value) ?? role)}
        >
          <Stack gap="xs" mt="xs">
            {DRAFT_ROLES.map((known) => (
              <Radio
                key={known}
                value={known}
                label={ROLE_MEANINGS[known]}
                {...(known === role ? { "data-autofocus": true } : {})}
              />
            ))}
          </Stack>
        </Radio.Group>
        {role === "canary" && (
          <NumberInput
            label="Share of the clips"
            suffix=" %"
            min={0.1}
            max={100}
            decimalScale={1}
            value={Math.round(share * 1000) / 10}
            error={errorOfField(change.error, "share")}
            onChange={(value) => value !== "" && setShare(Number(value) / 100)}
          />
        )}
        <ReasonField value={reason} onChange={setReason} />
      </FormDialog>
    </>
  );
}
