import { MODEL_KINDS, type ModelKind, type ModelVersion } from "@/api/modelVersions";
import { kindLabel } from "@/core/modelKinds";
import { sayShare } from "./modelLabels";
import classes from "./models.module.css";
import { RollBackButton } from "./RollBackButton";
import { Card } from "@/ui/Card";
import { EmptyState } from "@/ui/EmptyState";

interface Props {
  projectId: number;
  versions: readonly ModelVersion[];
}

/** Of each kind of model, which version drafts how much of the project. */
export function WhoDrafts({ projectId, versions }: Props) {
  const lanes = MODEL_KINDS.map((kind) => laneOf(kind, versions)).filter(
    ({ parts, shadows }) => parts.length + shadows.length > 0,
  );
  return (
    <Card title="Who drafts the clips">
      {lanes.length === 0 && (
        <EmptyState title="No model drafts the clips of this project">
          Annotators begin with an empty page. Give a version below the role of default.
        </EmptyState>
      )}
      {lanes.map((lane) => (
        <LaneOfKind key={lane.kind} projectId={projectId} lane={lane} />
      ))}
    </Card>
  );
}

interface Part {
  version: ModelVersion;
  role: "default" | "canary";
  share: number;
}

interface Lane {
  kind: ModelKind;
  parts: readonly Part[];
  shadows: readonly ModelVersion[];
}

function laneOf(kind: ModelKind, versions: readonly ModelVersion[]): Lane {
  const inRole = (wanted: string) =>
    versions.filter(({ kind: own, role }) => own === kind && role?.role === wanted);
  const canaries = inRole("canary").map((version): Part => ({
    version,
    role: "canary",
    share: version.role?.share ?? 0,
  }));
  const taken = canaries.reduce((sum, { share }) => sum + share, 0);
  const defaults = inRole("default").map((version): Part => ({
    version,
    role: "default",
    share: 1 - taken,
  }));
  return { kind, parts: [...defaults, ...canaries], shadows: inRole("shadow") };
}

function LaneOfKind({ projectId, lane }: { projectId: number; lane: Lane }) {
  const { kind, parts, shadows } = lane;
  const current = parts.find(({ role }) => role === "default");
  return (
    <section className={classes.lane} aria-label={kindLabel(kind)}>
      <header className={classes.laneHeader}>
        <h3>{kindLabel(kind)}</h3>
        {current !== undefined && (
          <RollBackButton projectId={projectId} kind={kind} current={current.version.name} />
        )}
      </header>
      <div className={classes.shares} aria-hidden="true">
        {parts.map(({ version, role, share }) => (
          <span key={version.uid} data-role={role} style={{ flexGrow: share }} />
        ))}
      </div>
      <ul className={classes.legend}>
        {parts.map(({ version, role, share }) => (
          <li key={version.uid} data-role={role}>
            <strong>{version.name}</strong> {sayShare(share)} of the clips, {role}
          </li>
        ))}
        {shadows.map((version) => (
          <li key={version.uid} data-role="shadow">
            <strong>{version.name}</strong> every clip, shown to nobody
          </li>
        ))}
      </ul>
    </section>
  );
}
