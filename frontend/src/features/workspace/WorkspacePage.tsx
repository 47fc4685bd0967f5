import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useEffect, useState } from "react";

import { assignmentQuery } from "@/api/assignments";
import { frameTableQuery } from "@/api/timestamps";
import { currentProject } from "@/core/currentProject";
import { ErrorNotice } from "@/ui/ErrorNotice";
import { Loading } from "@/ui/Loading";
import { Page } from "@/ui/Page";
import { useTabTakeover } from "@/ui/work/useTabTakeover";

import { Workspace } from "./Workspace";

/** Reads an assignment and hands it to a workspace, which owns the text from then on. */
export default function WorkspacePage({ assignmentId }: { assignmentId: number }) {
  const queryClient = useQueryClient();
  const [opening, setOpening] = useState(0);
  const tabs = useTabTakeover(`assignment-${assignmentId}`);
  const assignment = useQuery(assignmentQuery(assignmentId));
  const clip = assignment.data?.clip;
  const table = useQuery({
    ...frameTableQuery(clip ?? { id: 0, timestamps_url: "" }),
    enabled: clip !== undefined,
  });
  const projectId = assignment.data?.project_id;
  useEffect(() => {
    if (projectId !== undefined) currentProject.enter(projectId);
  }, [projectId]);

  const error = assignment.error ?? table.error;
  if (error !== null) {
    return (
      <Page title="This clip cannot be shown" width="narrow">
        <ErrorNotice error={error} />
      </Page>
    );
  }
  if (assignment.data === undefined || table.data === undefined || tabs.state === "asking") {
    return <Loading label="Loading the clip" />;
  }
  return (
    <Workspace
      key={opening}
      assignment={assignment.data}
      table={table.data}
      isElsewhere={tabs.state === "elsewhere"}
      onReopen={async () => {
        await queryClient.refetchQueries(assignmentQuery(assignmentId));
        setOpening(opening + 1);
      }}
      onTakeOver={tabs.takeOver}
      onLetGo={tabs.letGo}
      onFirstSave={() => void queryClient.refetchQueries(assignmentQuery(assignmentId))}
    />
  );
}
