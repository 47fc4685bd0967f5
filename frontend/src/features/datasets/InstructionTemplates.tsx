import { useQuery } from "@tanstack/react-query";

import { instructionSetsQuery } from "@/api/datasets";
import { countOf } from "@/core/counting";
import { Card } from "@/ui/Card";
import { ErrorNotice } from "@/ui/ErrorNotice";
import { Loading } from "@/ui/Loading";

/** The questions of an instruction-tuning file: one is drawn for each clip. */
export function InstructionTemplates({ projectId }: { projectId: number }) {
  const sets = useQuery(instructionSetsQuery(projectId));
  return (
    <Card title="Instruction sets">
      <p className="quiet">
        An export of conversations draws one template of a set for each clip. A set never changes.
      </p>
      <ErrorNotice error={sets.error} />
      {sets.isPending && <Loading label="Loading the templates" />}
      {sets.data?.map(({ uid, name, version, templates }) => (
        <details key={uid}>
          <summary>
            {name}, version {version}: {countOf(templates.length, "template")}
          </summary>
          <ol>
            {templates.map((template) => (
              <li key={template}>{template}</li>
            ))}
          </ol>
        </details>
      ))}
    </Card>
  );
}
