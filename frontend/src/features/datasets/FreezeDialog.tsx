import { Checkbox, Group, Radio, Stack, Textarea } from "@mantine/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { useState } from "react";

import {
  CAPTION_PARTS,
  type CaptionPart,
  freeze,
  type FreezeRequest,
  previewVersion,
  RENDERINGS,
  versionsQuery,
} from "@/api/datasets";
import { RENDERING_LABELS } from "@/core/renderings";
import { PART_LABELS } from "./datasetLabels";
import { FilterFields } from "./FilterFields";
import { FreezePreview } from "./FreezePreview";
import { SeedInput } from "./SeedInput";
import { TargetInput } from "./TargetInput";
import { FormDialog } from "@/ui/FormDialog";

// What the paper tunes and tests on: both parts without inferences, 1,000 of 5,033 clips for test.
const PROPOSAL: FreezeRequest = {
  note: "",
  parts: ["external_attributes", "facial_changes"],
  rendering: "stripped",
  filter: {},
  test_share: 0.2,
  validation_share: 0.06,
  test_clips: null,
  validation_clips: null,
  locks_test: false,
  leaves_out_hedged: false,
  seed: null,
};

interface Props {
  projectId: number;
  isOpen: boolean;
  onClose: () => void;
}

/** Shows what would be frozen first; what is frozen then is what was shown. */
export function FreezeDialog({ projectId, isOpen, onClose }: Props) {
  const navigate = useNavigate();
  const queryClient = useQueryClient();
  const [request, setRequest] = useState(PROPOSAL);
  const preview = useMutation({ mutationFn: () => previewVersion(projectId, request) });
  const shown = preview.data;
  const freezing = useMutation({
    // The seed of the preview, so that the splits are those that it showed.
    mutationFn: (seed: number) => freeze(projectId, { ...request, seed }),
    onSuccess: async ({ uid }) => {
      await queryClient.invalidateQueries(versionsQuery(projectId));
      await navigate({ to: "/dataset-versions/$versionUid", params: { versionUid: uid } });
    },
  });
  const change = (changed: Partial<FreezeRequest>) => {
    setRequest({ ...request, ...changed });
    // They were of another request. The note alone changes nothing of it.
    if (!("note" in changed)) preview.reset();
    freezing.reset();
  };
  const toggle = (part: CaptionPart) =>
    change({
      parts: CAPTION_PARTS.filter((known) => (known === part) !== request.parts.includes(known)),
    });
  const error = freezing.error ?? preview.error;
  return (
    <FormDialog
      title="Freeze a version"
      isOpen={isOpen}
      onClose={onClose}
      verb={shown === undefined ? "Preview" : "Freeze"}
      onSubmit={() => (shown === undefined ? preview.mutate() : freezing.mutate(shown.seed))}
      isBusy={preview.isPending || freezing.isPending}
      isIncomplete={request.parts.length === 0}
      error={error}
      size="xl"
    >
      <Textarea
        label="Note"
        description="What this version is for."
        data-autofocus
        rows={2}
        resize="vertical"
        maxLength={2000}
        value={request.note}
        onChange={({ currentTarget: { value } }) => change({ note: value })}
      />
      <FilterFields
        projectId={projectId}
        filter={request.filter}
        error={error}
        onChange={(filter) => change({ filter })}
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
          change({ rendering: RENDERINGS.find((known) => known === value) ?? request.rendering })
        }
      >
        <Group mt="xs">
          {RENDERINGS.map((rendering) => (
            <Radio key={rendering} value={rendering} label={RENDERING_LABELS[rendering]} />
          ))}
        </Group>
      </Radio.Group>
      <Group grow align="start">
        <TargetInput split="test" request={request} error={error} onChange={change} />
        <TargetInput split="validation" request={request} error={error} onChange={change} />
      </Group>
      <p className="quiet">
        Clips of one source video, one person or one group stay in one split, so these are met as
        nearly as that allows, with sources and emotions mixed as they are in the whole.
      </p>
      <Stack gap="xs">
        <Checkbox
          label="Lock the test split"
          description="Later versions test on these clips too, and never train on them."
          checked={request.locks_test}
          onChange={() => change({ locks_test: !request.locks_test })}
        />
        <Checkbox
          label="Leave out captions that still hedge"
          description="Those that sound inferred although inferences are taken out. The preview lists them."
          checked={request.leaves_out_hedged}
          onChange={() => change({ leaves_out_hedged: !request.leaves_out_hedged })}
        />
      </Stack>
      <SeedInput seed={request.seed} onChange={(seed) => change({ seed })} />
      {shown !== undefined && (
        <FreezePreview projectId={projectId} request={request} preview={shown} />
      )}
    </FormDialog>
  );
}
