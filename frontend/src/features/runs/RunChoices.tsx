import { NumberInput, Select, TextInput } from "@mantine/core";

import type { DatasetVersion, InstructionSet } from "@/api/datasets";
import { errorOfField } from "@/api/fieldErrors";
import type { Device, Run } from "@/api/runs";
import { DEVICE_LABELS, LAUNCHER_LABELS, sayVersion } from "./runLabels";
import classes from "./runs.module.css";
import { Card } from "@/ui/Card";

export interface Choices {
  name: string;
  preset: string;
  version: string;
  instructionSet: string;
  deviceKind: Run["device_kind"];
  deviceCount: number;
  launcher: Run["launcher"];
}

interface Props {
  choices: Choices;
  presets: readonly string[];
  launchers: readonly Run["launcher"][];
  versions: readonly DatasetVersion[];
  devices: readonly Device[];
  sets: readonly InstructionSet[];
  error: Error | null;
  onChange: (changes: Partial<Choices>) => void;
}

const KINDS = ["cuda", "cpu"] as const;

/** What is trained on what, and where. */
export function RunChoices(props: Props) {
  const { choices, presets, launchers, versions, devices, sets, error, onChange } = props;
  return (
    <Card title="What, on what, where">
      <div className={classes.fields}>
        <TextInput
          label="Name"
          description="Of the run, and of the model that it becomes."
          maxLength={120}
          value={choices.name}
          error={errorOfField(error, "name")}
          onChange={({ currentTarget: { value } }) => onChange({ name: value })}
        />
        <Select
          label="Preset"
          description="Every field begins with its values."
          allowDeselect={false}
          data={presets}
          value={choices.preset}
          onChange={(preset) => preset !== null && onChange({ preset })}
        />
        <Select
          label="Dataset version"
          description="Its train clips are learnt, its validation clips watched."
          allowDeselect={false}
          data={versions.map(({ uid, number, counts, rendering }) => ({
            value: uid,
            label: `${sayVersion({ uid, number, rendering })}, ${counts.train} train, ${counts.validation} validation`,
          }))}
          value={choices.version}
          error={errorOfField(error, "version")}
          onChange={(version) => version !== null && onChange({ version })}
        />
        <Select
          label="Instruction templates"
          description="One is drawn for each clip by the version's seed."
          allowDeselect={false}
          data={sets.map(({ uid, name, version }) => ({ value: uid, label: `${name} ${version}` }))}
          value={choices.instructionSet}
          error={errorOfField(error, "instruction_set")}
          onChange={(instructionSet) => instructionSet !== null && onChange({ instructionSet })}
        />
        <Select
          label="Device"
          description="A run has it alone."
          allowDeselect={false}
          data={KINDS.map((kind) => ({ value: kind, label: sayKind(kind, devices) }))}
          value={choices.deviceKind}
          error={errorOfField(error, "device_kind")}
          onChange={(value) => {
            const deviceKind = KINDS.find((known) => known === value);
            if (deviceKind !== undefined) onChange({ deviceKind });
          }}
        />
        <Select
          label="Started by"
          description="Several GPUs have a process each."
          allowDeselect={false}
          data={launchers.map((value) => ({ value, label: LAUNCHER_LABELS[value] }))}
          value={choices.launcher}
          error={errorOfField(error, "launcher")}
          onChange={(value) => {
            const launcher = launchers.find((known) => known === value);
            if (launcher !== undefined) {
              onChange({ launcher, deviceCount: launcher === "local" ? 1 : choices.deviceCount });
            }
          }}
        />
        {choices.launcher !== "local" && (
          <NumberInput
            label="Devices"
            min={1}
            max={64}
            allowDecimal={false}
            value={choices.deviceCount}
            error={errorOfField(error, "device_count")}
            onChange={(value) => onChange({ deviceCount: Number(value) || 1 })}
          />
        )}
      </div>
    </Card>
  );
}

function sayKind(kind: Run["device_kind"], devices: readonly Device[]): string {
  const known = devices.filter((device) => device.kind === kind);
  if (known.length === 0) return `${DEVICE_LABELS[kind]}: none announced`;
  const free = known.filter(({ is_free: isFree }) => isFree).length;
  return `${DEVICE_LABELS[kind]}: ${free} of ${known.length} free`;
}
