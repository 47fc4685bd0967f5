import { Tabs } from "@mantine/core";

import { useHasRole } from "@/api/roles";
import { DraftingPart } from "./DraftingPart";
import { type ModelsView, type Part, PARTS, readModelsView } from "./modelsView";
import { PromptsPart } from "./PromptsPart";
import { StatisticsPart } from "./StatisticsPart";
import { VersionsPart } from "./VersionsPart";
import { NoPermission } from "@/ui/NoPermission";
import { Page } from "@/ui/Page";

const PART_LABELS: Readonly<Record<Part, string>> = {
  versions: "Versions",
  statistics: "How good they are",
  prompts: "Prompts",
  drafting: "Drafting and cost",
};

interface Props {
  projectId: number;
  view: ModelsView;
  onView: (view: ModelsView) => void;
}

export default function ModelsPage({ projectId, view, onView }: Props) {
  const isSeer = useHasRole(projectId, "lead", "ml");
  if (!isSeer) return <NoPermission title="Models" forWhom="leads and ML staff of the project" />;
  return (
    <Page title="Models" description="What writes the first text of a clip, and who chose it.">
      <Tabs
        value={view.part ?? "versions"}
        keepMounted={false}
        onChange={(chosen) => onView(readModelsView({ part: chosen }))}
      >
        <Tabs.List mb="lg">
          {PARTS.map((known) => (
            <Tabs.Tab key={known} value={known}>
              {PART_LABELS[known]}
            </Tabs.Tab>
          ))}
        </Tabs.List>
        <Tabs.Panel value="versions">
          <VersionsPart projectId={projectId} />
        </Tabs.Panel>
        <Tabs.Panel value="statistics">
          <StatisticsPart
            projectId={projectId}
            opened={view.version}
            onOpen={(version) => onView({ part: "statistics", version })}
          />
        </Tabs.Panel>
        <Tabs.Panel value="prompts">
          <PromptsPart projectId={projectId} />
        </Tabs.Panel>
        <Tabs.Panel value="drafting">
          <DraftingPart projectId={projectId} />
        </Tabs.Panel>
      </Tabs>
    </Page>
  );
}
