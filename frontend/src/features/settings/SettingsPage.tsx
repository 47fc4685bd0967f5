import { useSuspenseQuery } from "@tanstack/react-query";

import { projectQuery } from "@/api/projects";
import { useHasRole } from "@/api/roles";
import { SettingsForm } from "./SettingsForm";
import { SourcesCard } from "./SourcesCard";
import { NoPermission } from "@/ui/NoPermission";
import { Page } from "@/ui/Page";

function Settings({ projectId }: { projectId: number }) {
  const { data: project } = useSuspenseQuery(projectQuery(projectId));
  return (
    <Page title="Settings" description="The rules of this project. Only leads change them.">
      <SettingsForm key={project.id} project={project} />
      <SourcesCard projectId={projectId} />
    </Page>
  );
}

export default function SettingsPage({ projectId }: { projectId: number }) {
  const isLead = useHasRole(projectId, "lead");
  if (!isLead) return <NoPermission title="Settings" forWhom="the leads of the project" />;
  return <Settings projectId={projectId} />;
}
