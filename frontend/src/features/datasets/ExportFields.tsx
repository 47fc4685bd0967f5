import { Checkbox, Group, Radio, Select, Stack } from "@mantine/core";

import { type DatasetVersion, type ExportRequest, MEDIA, RENDERINGS } from "@/api/datasets";
import { RENDERING_LABELS } from "@/core/renderings";
import { MEDIA_LABELS, SPLIT_LABELS, SPLITS } from "./datasetLabels";
import { FORMATS } from "./exportFormats";

interface Wishing {
  wishes: ExportRequest;
  wish: (changed: Partial<ExportRequest>) => void;
}

/** Which captions, and in which words. */
export function ExportedTexts({ version, wishes, wish }: Wishing & { version: DatasetVersion }) {
  return (
    <>
      <Select
        label="Text"
        allowDeselect={false}
        data={RENDERINGS.map((value) => ({ value, label: RENDERING_LABELS[value] }))}
        value={wishes.rendering}
        onChange={(chosen) =>
          wish({ rendering: RENDERINGS.find((known) => known === chosen) ?? version.rendering })
        }
      />
      <Checkbox.Group
        label="Splits"
        value={wishes.splits}
        onChange={(chosen) => wish({ splits: SPLITS.filter((split) => chosen.includes(split)) })}
      >
        <Group mt="xs">
          {SPLITS.map((split) => (
            <Checkbox key={split} value={split} label={SPLIT_LABELS[split]} />
          ))}
        </Group>
      </Checkbox.Group>
    </>
  );
}

export function ExportedBesides({ wishes, wish }: Wishing) {
  const { prefers, holdsVideos } = FORMATS[wishes.format];
  return (
    <>
      {prefers === true && (
        <Checkbox
          label="Also reject what rules wrote from signals"
          description="Few models would write such texts."
          checked={wishes.with_rule_drafts}
          onChange={({ currentTarget }) => wish({ with_rule_drafts: currentTarget.checked })}
        />
      )}
      {holdsVideos === true ? (
        <p className="quiet">This format always holds the videos.</p>
      ) : (
        <Radio.Group
          label="Videos"
          value={wishes.media}
          onChange={(chosen) => wish({ media: MEDIA.find((known) => known === chosen) ?? "paths" })}
        >
          <Stack gap="xs" mt="xs">
            {MEDIA.map((media) => (
              <Radio
                key={media}
                value={media}
                label={MEDIA_LABELS[media].choice}
                description={MEDIA_LABELS[media].explanation}
              />
            ))}
          </Stack>
        </Radio.Group>
      )}
    </>
  );
}
