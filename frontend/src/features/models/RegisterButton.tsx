import { Button, Radio, Stack } from "@mantine/core";
import { useState } from "react";

import { type HostedModel, type OwnModel, registerHosted, registerOwn } from "@/api/modelVersions";
import { kindLabel } from "@/core/modelKinds";
import { HostedFields } from "./HostedFields";
import { OwnFields } from "./OwnFields";
import { useModelChange } from "./useModelChange";
import { FormDialog } from "@/ui/FormDialog";

const KINDS = ["openai", "facetrack_mm"] as const;

// As the server proposes them: a little freedom of words, and room for a long caption.
const NEW_HOSTED: HostedModel = {
  name: "",
  endpoint: "",
  model: "",
  prompt: "",
  structured_output: true,
  temperature: 0.2,
  max_output_tokens: 1500,
  input_price: "0",
  output_price: "0",
};
const NEW_OWN: OwnModel = { name: "", base: "mini", adapter: "" };

export function RegisterButton({ projectId }: { projectId: number }) {
  const [isOpen, setIsOpen] = useState(false);
  const [kind, setKind] = useState<(typeof KINDS)[number]>("openai");
  const [hosted, setHosted] = useState(NEW_HOSTED);
  const [own, setOwn] = useState(NEW_OWN);
  const register = useModelChange(projectId, () =>
    kind === "openai" ? registerHosted(projectId, hosted) : registerOwn(projectId, own),
  );
  const close = () => {
    setIsOpen(false);
    setHosted(NEW_HOSTED);
    setOwn(NEW_OWN);
  };
  const needed =
    kind === "openai"
      ? [hosted.name, hosted.endpoint, hosted.model, hosted.prompt]
      : [own.name, own.base];
  return (
    <>
      <Button onClick={() => setIsOpen(true)}>Register a version</Button>
      <FormDialog
        title="Register a version"
        isOpen={isOpen}
        onClose={close}
        verb="Register"
        onSubmit={() => register.mutate(undefined, { onSuccess: close })}
        isBusy={register.isPending}
        isIncomplete={needed.some((value) => value.trim() === "")}
        error={register.error}
        size="lg"
      >
        <Radio.Group
          label="Kind"
          value={kind}
          onChange={(value) => setKind(KINDS.find((known) => known === value) ?? kind)}
        >
          <Stack gap="xs" mt="xs">
            {KINDS.map((known) => (
              <Radio key={known} value={known} label={kindLabel(known)} />
            ))}
          </Stack>
        </Radio.Group>
        {kind === "openai" ? (
          <HostedFields
            projectId={projectId}
            model={hosted}
            error={register.error}
            onChange={(changes) => setHosted({ ...hosted, ...changes })}
          />
        ) : (
          <OwnFields
            model={own}
            error={register.error}
            onChange={(changes) => setOwn({ ...own, ...changes })}
          />
        )}
      </FormDialog>
    </>
  );
}
