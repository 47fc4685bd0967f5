import { useQuery } from "@tanstack/react-query";

import { useHasRole } from "@/api/roles";
import { candidatesQuery } from "@/api/templates";
import { AddTemplates } from "./AddTemplates";
import { InstructionTemplates } from "./InstructionTemplates";
import { MakeSet } from "./MakeSet";
import { TemplateCandidates } from "./TemplateCandidates";
import { WriteTemplates } from "./WriteTemplates";
import { ErrorNotice } from "@/ui/ErrorNotice";
import { Loading } from "@/ui/Loading";
import { NoPermission } from "@/ui/NoPermission";
import { Page } from "@/ui/Page";

/** From candidates to the set that a project's exports draw from. */
export default function TemplatesPage({ projectId }: { projectId: number }) {
  const mayCurate = useHasRole(projectId, "lead", "ml");
  if (!mayCurate)
    return <NoPermission title="Instruction templates" forWhom="leads and ML staff" />;
  return (
    <Page
      title="Instruction templates"
      description="What a model is asked in training. About a hundred are collected, and twenty kept."
    >
      <Candidates projectId={projectId} />
      <AddTemplates projectId={projectId} />
      <WriteTemplates projectId={projectId} />
      <InstructionTemplates projectId={projectId} />
    </Page>
  );
}

function Candidates({ projectId }: { projectId: number }) {
  const { data, error, isPending } = useQuery(candidatesQuery(projectId));
  return (
    <>
      <ErrorNotice error={error} />
      {isPending && <Loading label="Loading the candidates" />}
      {data && (
        <>
          <TemplateCandidates projectId={projectId} candidates={data} />
          <MakeSet projectId={projectId} candidates={data} />
        </>
      )}
    </>
  );
}
