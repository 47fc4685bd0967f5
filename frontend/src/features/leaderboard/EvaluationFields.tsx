import { Checkbox, Group, Radio, Select, Stack } from "@mantine/core";
import { useInfiniteQuery, useQuery } from "@tanstack/react-query";

import { versionsQuery } from "@/api/datasets";
import { EVALUATED_SPLITS, type Judging, METRICS, OFFLINE_METRICS } from "@/api/evaluations";
import { modelVersionsQuery } from "@/api/modelVersions";
import { rowsOf } from "@/api/pages";
import { METRIC_LABELS, sayClips } from "./metricLabels";
import { readSplit, SPLIT_LABELS } from "./splitLabels";

const OFFLINE = "offline";

interface Props {
  projectId: number;
  version: string;
  judging: Judging;
  onVersion: (version: string) => void;
  onJudging: (changes: Partial<Judging>) => void;
}

/** On which clips, by whom and in what: the same for a model and for texts brought along. */
export function EvaluationFields({ projectId, version, judging, onVersion, onJudging }: Props) {
  const versions = rowsOf(useInfiniteQuery(versionsQuery(projectId)).data);
  const counts = versions.find(({ uid }) => uid === version)?.counts;
  return (
    <>
      <Select
        label="Dataset version"
        allowDeselect={false}
        data={versions.map(({ uid, number, note }) => ({
          value: uid,
          label: note === "" ? `Version ${number}` : `Version ${number}: ${note}`,
        }))}
        value={version}
        onChange={(chosen) => onVersion(chosen ?? version)}
      />
      <Radio.Group
        label="Split"
        value={judging.split}
        onChange={(split) => onJudging({ split: readSplit(split) })}
      >
        <Group mt="xs">
          {EVALUATED_SPLITS.map((split) => (
            <Radio
              key={split}
              value={split}
              label={`${SPLIT_LABELS[split]} (${sayClips(counts?.[split] ?? 0)})`}
            />
          ))}
        </Group>
      </Radio.Group>
      <JudgeFields projectId={projectId} judging={judging} onJudging={onJudging} />
    </>
  );
}

function JudgeFields({
  projectId,
  judging,
  onJudging,
}: Pick<Props, "projectId" | "judging" | "onJudging">) {
  const models = useQuery(modelVersionsQuery(projectId)).data ?? [];
  const hosted = models.filter(({ kind }) => kind === "openai");
  const isHosted = judging.judge !== "";
  return (
    <>
      <Select
        label="Judge"
        description="The offline judge needs no server and is coarse: rules on what faces do. A hosted model costs what its questions cost."
        allowDeselect={false}
        data={[
          { value: OFFLINE, label: "Offline judge" },
          ...hosted.map(({ uid, name }) => ({ value: uid, label: name })),
        ]}
        value={isHosted ? judging.judge : OFFLINE}
        onChange={(chosen) =>
          onJudging(
            chosen === null || chosen === OFFLINE
              ? { judge: "", metrics: [...OFFLINE_METRICS], rewrites: false, judges_others: false }
              : { judge: chosen },
          )
        }
      />
      <Group role="group" aria-label="Metrics">
        {METRICS.map((metric) => (
          <Checkbox
            key={metric}
            label={METRIC_LABELS[metric]}
            disabled={!isHosted && !OFFLINE_METRICS.some((known) => known === metric)}
            checked={judging.metrics.includes(metric)}
            onChange={() =>
              onJudging({
                metrics: METRICS.filter(
                  (known) => (known === metric) !== judging.metrics.includes(known),
                ),
              })
            }
          />
        ))}
      </Group>
      {isHosted && (
        <Stack gap="xs">
          <Checkbox
            label="Rewrite texts into the form of the references first"
            description="For models that write in another form. Both texts are kept, odd ones are flagged."
            checked={judging.rewrites}
            onChange={() => onJudging({ rewrites: !judging.rewrites })}
          />
          <Checkbox
            label="Judge chance and people by this judge too"
            description="Numbers mean little without these rows; they cost as much as several models."
            checked={judging.judges_others}
            onChange={() => onJudging({ judges_others: !judging.judges_others })}
          />
        </Stack>
      )}
    </>
  );
}
