import { useSuspenseQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";

import { versionQuery } from "@/api/datasets";
import { countOf } from "@/core/counting";
import { RENDERING_LABELS } from "@/core/renderings";
import { PART_LABELS } from "./datasetLabels";
import { DataCardPart } from "./DataCardPart";
import { Differences } from "./Differences";
import { Entries } from "./Entries";
import { Exports } from "./Exports";
import { filterSentence } from "./filterSentence";
import { leftOutSentence } from "./leftOut";
import { SplitBar } from "./SplitBar";
import { SplitTargets } from "./SplitTargets";
import { Card } from "@/ui/Card";
import { Facts } from "@/ui/Facts";
import { Page } from "@/ui/Page";
import { Time } from "@/ui/Time";
import { useProjectOfPage } from "@/ui/useProjectOfPage";

export default function VersionPage({ versionUid }: { versionUid: string }) {
  const { data: version } = useSuspenseQuery(versionQuery(versionUid));
  useProjectOfPage(version.project_id);
  const { counts } = version;
  return (
    <Page
      title={`Dataset version ${version.number}`}
      description={version.note}
      actions={
        <Link to="/projects/$projectId/datasets" params={{ projectId: version.project_id }}>
          All versions
        </Link>
      }
    >
      <Card title="What is in it">
        <SplitBar counts={counts} />
        <SplitTargets counts={counts} targets={version.targets} />
        <Facts
          facts={[
            { name: "Clips", value: counts.total },
            { name: "Filter", value: filterSentence(version.filter) },
            {
              name: "Test split",
              value: version.locks_test ? "Locked: later versions test on it too" : "",
            },
            { name: "Source videos and groups", value: counts.groups },
            { name: "Left out", value: leftOutSentence(counts.left_out) },
            {
              name: "Still hedging",
              value: counts.hedged === undefined ? "" : countOf(counts.hedged, "caption"),
            },
            { name: "Parts", value: version.parts.map((part) => PART_LABELS[part]).join(", ") },
            { name: "Text", value: RENDERING_LABELS[version.rendering] },
            { name: "Seed", value: <span className="figures">{version.seed}</span> },
            { name: "SHA-256", value: <span className="figures">{version.sha256}</span> },
            { name: "Frozen", value: <Time at={version.created_at} /> },
            { name: "By", value: version.created_by_name },
          ]}
        />
      </Card>
      <DataCardPart version={version} />
      <Differences version={version} />
      <Exports version={version} />
      <Entries version={version} />
    </Page>
  );
}
