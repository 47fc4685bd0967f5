import { useHasRole } from "@/api/roles";
import { VersionsPart } from "./VersionsPart";
import { NoPermission } from "@/ui/NoPermission";
import { Page } from "@/ui/Page";

export default function ModelsPage({ projectId }: { projectId: number }) {
  const isSeer = useHasRole(projectId, "lead", "ml");
  if (!isSeer) return <NoPermission title="Models" forWhom="leads and ML staff of the project" />;
  return (
    <Page title="Models" description="What writes the first text of a clip, and who chose it.">
      <VersionsPart projectId={projectId} />
    </Page>
  );
}
