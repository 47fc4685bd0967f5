import { useSuspenseQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";

import { versionQuery } from "@/api/datasets";
import { PART_LABELS, RENDERING_LABELS } from "./datasetLabels";
import { Entries } from "./Entries";
import { Exports } from "./Exports";
import { leftOutSentence } from "./leftOut";
import { Card } from "@/ui/Card";
import { Facts } from "@/ui/Facts";
import { Page } from "@/ui/Page";
import { Time } from "@/ui/Time";
import { useProjectOfPage } from "@/ui/useProjectOfPage";

const sayShare = (share: number) => `${Math.round(share * 1000) / 10} %`;

export default function VersionPage({ versionUid }: { versionUid: string }) {
  const { data: version } = useSuspenseQuery(versionQuery(versionUid));
  useProjectOfPage(version.project_id);
  const { counts, targets } = version;
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
        <Facts
          facts={[
            { name: "Clips", value: counts.total },
            {
              name: "Train, validation, test",
              value: `${counts.train}, ${counts.validation}, ${counts.test}`,
            },
            {
              name: "Shares asked for",
              value: `${sayShare(targets.validation)} validation, ${sayShare(targets.test)} test`,
            },
            { name: "Source videos and groups", value: counts.groups },
            { name: "Left out", value: leftOutSentence(counts.left_out) },
            { name: "Parts", value: version.parts.map((part) => PART_LABELS[part]).join(", ") },
            { name: "Text", value: RENDERING_LABELS[version.rendering] },
            { name: "Seed", value: <span className="figures">{version.seed}</span> },
            { name: "SHA-256", value: <span className="figures">{version.sha256}</span> },
            { name: "Frozen", value: <Time at={version.created_at} /> },
            { name: "By", value: version.created_by_name },
          ]}
        />
      </Card>
      <Exports version={version} />
      <Entries versionUid={versionUid} />
    </Page>
  );
}
