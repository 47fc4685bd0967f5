import { Checkbox, Group, NumberInput, Radio, Stack, Textarea } from "@mantine/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { useState } from "react";

import {
  CAPTION_PARTS,
  type CaptionPart,
  freeze,
  type FreezeRequest,
  RENDERINGS,
  versionsQuery,
} from "@/api/datasets";
import { errorOfField } from "@/api/fieldErrors";
import { PART_LABELS, RENDERING_LABELS } from "./datasetLabels";
import { SeedInput } from "./SeedInput";
import { FormDialog } from "@/ui/FormDialog";

// What the paper tunes and tests on: both parts without inferences, 1,000 of 5,033 clips for test.
const PROPOSAL: FreezeRequest = {
  note: "",
  parts: ["external_attributes", "facial_changes"],
  rendering: "stripped",
  test_share: 0.2,
  validation_share: 0.06,
  seed: null,
};

interface Props {
  projectId: number;
  isOpen: boolean;
  onClose: () => void;
}

export function FreezeDialog({ projectId, isOpen, onClose }: Props) {
  const navigate = useNavigate();
  const queryClient = useQueryClient();
  const [request, setRequest] = useState(PROPOSAL);
  const { mutate, isPending, error } = useMutation({
    mutationFn: () => freeze(projectId, request),
    onSuccess: async ({ uid }) => {
      await queryClient.invalidateQueries(versionsQuery(projectId));
      await navigate({ to: "/dataset-versions/$versionUid", params: { versionUid: uid } });
    },
  });
  const toggle = (part: CaptionPart) =>
    setRequest({
      ...request,
      parts: CAPTION_PARTS.filter((known) => (known === part) !== request.parts.includes(known)),
    });
  const share = (name: "test_share" | "validation_share") => ({
    suffix: " %",
    min: 0,
    max: 90,
    decimalScale: 1,
    value: Math.round(request[name] * 1000) / 10,
    error: errorOfField(error, name),
    onChange: (value: number | string) =>
      value !== "" && setRequest({ ...request, [name]: Number(value) / 100 }),
  });
  return (
    <FormDialog
      title="Freeze a version"
      isOpen={isOpen}
      onClose={onClose}
      verb="Freeze"
      onSubmit={() => mutate()}
      isBusy={isPending}
      isIncomplete={request.parts.length === 0}
      error={error}
      size="lg"
    >
      <Textarea
        label="Note"
        description="What this version is for."
        data-autofocus
        rows={2}
        resize="vertical"
        maxLength={2000}
        value={request.note}
        onChange={({ currentTarget: { value } }) => setRequest({ ...request, note: value })}
      />
      <Group role="group" aria-label="Parts of the caption">
        {CAPTION_PARTS.map((part) => (
          <Checkbox
            key={part}
            label={PART_LABELS[part]}
            checked={request.parts.includes(part)}
            onChange={() => toggle(part)}
          />
        ))}
      </Group>
      <Radio.Group
        label="Text"
        value={request.rendering}
        onChange={(value) =>
          setRequest({
            ...request,
            rendering: RENDERINGS.find((known) => known === value) ?? request.rendering,
          })
        }
      >
        <Stack gap="xs" mt="xs">
          {RENDERINGS.map((rendering) => (
            <Radio key={rendering} value={rendering} label={RENDERING_LABELS[rendering]} />
          ))}
        </Stack>
      </Radio.Group>
      <Group grow align="start">
        <NumberInput label="Share for test" {...share("test_share")} />
        <NumberInput label="Share for validation" {...share("validation_share")} />
      </Group>
      <p className="quiet">
        Clips of one source video or one group stay in one split, so the shares are met as nearly as
        that allows.
      </p>
      <SeedInput seed={request.seed} onChange={(seed) => setRequest({ ...request, seed })} />
    </FormDialog>
  );
}
