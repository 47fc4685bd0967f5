import { Anchor } from "@mantine/core";
import { useQueries, useQuery } from "@tanstack/react-query";

import { type ModelVersion, modelVersionsQuery, statisticsQuery } from "@/api/modelVersions";
import { sayRole } from "./modelLabels";
import page from "./models.module.css";
import classes from "./plots.module.css";
import { TotalsTable } from "./TotalsTable";
import { FEW } from "./totals";
import { VersionDetails } from "./VersionDetails";
import { Card } from "@/ui/Card";
import { ErrorNotice } from "@/ui/ErrorNotice";
import { Loading } from "@/ui/Loading";

interface Props {
  projectId: number;
  /** The version whose details are open; the first one without it. */
  opened: string | undefined;
  onOpen: (versionUid: string) => void;
}

/** How good the drafts of each version were, by what people made of them. */
export function StatisticsPart({ projectId, opened, onOpen }: Props) {
  const { drafted, isPending, error } = useStatistics(projectId);
  const shown = drafted.find(({ version }) => version.uid === opened) ?? drafted[0];
  return (
    <div className={page.part}>
      <ErrorNotice error={error} />
      {isPending && <Loading label="Counting" />}
      <Card title="Versions beside each other">
        <Legend />
        {!isPending && drafted.length === 0 && (
          <p>No version has drafted a clip of this project yet.</p>
        )}
        <TotalsTable
          caption="How good the drafts of each version were"
          header="Version"
          rows={drafted.map(({ version, statistics }) => ({
            key: version.uid,
            name: (
              <VersionName
                version={version}
                isOpened={version === shown?.version}
                onOpen={onOpen}
              />
            ),
            totals: statistics.total,
          }))}
        />
      </Card>
      {shown !== undefined && (
        <VersionDetails
          key={shown.version.uid}
          name={shown.version.name}
          statistics={shown.statistics}
        />
      )}
    </div>
  );
}

/** Of the versions that have drafted here; each is counted by a request of its own. */
function useStatistics(projectId: number) {
  const versions = useQuery(modelVersionsQuery(projectId));
  const known = versions.data ?? [];
  const read = useQueries({ queries: known.map(({ uid }) => statisticsQuery(projectId, uid)) });
  return {
    drafted: known.flatMap((version, index) => {
      const statistics = read[index]?.data;
      return statistics !== undefined && statistics.total.drafts > 0
        ? [{ version, statistics }]
        : [];
    }),
    isPending: versions.isPending || read.some((query) => query.isPending),
    error: versions.error ?? read.find((query) => query.error !== null)?.error ?? null,
  };
}

interface NameProps {
  version: ModelVersion;
  isOpened: boolean;
  onOpen: (versionUid: string) => void;
}

function VersionName({ version, isOpened, onOpen }: NameProps) {
  return (
    <>
      <Anchor
        component="button"
        type="button"
        aria-current={isOpened}
        className={classes.open}
        onClick={() => onOpen(version.uid)}
      >
        {version.name}
      </Anchor>
      <span className="quiet">{version.role === null ? "No role" : sayRole(version.role)}</span>
    </>
  );
}

function Legend() {
  return (
    <>
      <ul className={page.legend} aria-label="Sentences of drafts">
        <li data-fate="unchanged">stand in the approved caption as drafted</li>
        <li data-fate="changed">stand there changed</li>
        <li data-fate="left-out">were left out</li>
      </ul>
      <p className="quiet">
        Only clips with an approved caption count. Hatched marks come from fewer than {FEW} of them
        and may change with the next.
      </p>
    </>
  );
}
