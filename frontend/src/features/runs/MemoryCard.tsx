import type { CheckedRecipe, Device } from "@/api/runs";
import type { Choices } from "./RunChoices";
import classes from "./runs.module.css";
import { Card } from "@/ui/Card";
import { ErrorNotice } from "@/ui/ErrorNotice";
import { Facts } from "@/ui/Facts";
import { Loading } from "@/ui/Loading";
import { Notice } from "@/ui/Notice";

interface Props {
  checked: CheckedRecipe | null;
  error: Error | null;
  devices: readonly Device[];
  choices: Choices;
}

const sayGib = (value: number) => `${value < 10 ? value.toFixed(1) : Math.round(value)} GiB`;

/** How long the run is and what it takes, as estimated, beside what the devices have. */
export function MemoryCard({ checked, error, devices, choices }: Props) {
  const memory = checked?.memory ?? null;
  const known = choices.launcher === "slurm" ? [] : devices;
  const offered = known.filter(({ kind }) => kind === choices.deviceKind);
  return (
    <Card title="What it takes">
      <ErrorNotice error={error} />
      {checked === null && error === null && <Loading label="Working it out" />}
      {checked !== null && <Problems problems={checked.problems} />}
      {memory !== null && (
        <>
          <div className={classes.memory} aria-hidden="true">
            {Object.entries(memory.parts).map(([name, gib]) => (
              <span key={name} style={{ flexGrow: gib }} title={`${name}: ${sayGib(gib)}`} />
            ))}
          </div>
          <Facts
            facts={[
              { name: "Memory, as estimated", value: <strong>{sayGib(memory.total_gib)}</strong> },
              {
                name: "Devices",
                value: offered
                  .map(
                    ({ host, name, label, memory_gib: gib }) =>
                      `${name} of ${host} (${label}, ${sayGib(gib)})`,
                  )
                  .join("; "),
              },
              { name: "Steps", value: checked?.steps ?? null },
              {
                name: "Most of it",
                value: Object.entries(memory.parts)
                  .filter(([, gib]) => gib >= 0.05)
                  .sort(([, one], [, other]) => other - one)
                  .slice(0, 3)
                  .map(([name, gib]) => `${name} ${sayGib(gib)}`)
                  .join(", "),
              },
            ]}
          />
        </>
      )}
    </Card>
  );
}

function Problems({ problems }: Pick<CheckedRecipe, "problems">) {
  if (problems.length === 0) return null;
  return (
    <Notice tone="warning" title="This cannot run yet">
      <ul>
        {problems.map(({ field, message }) => (
          <li key={`${field} ${message}`}>
            {field === "" ? "" : `${field}: `}
            {message}
          </li>
        ))}
      </ul>
    </Notice>
  );
}
