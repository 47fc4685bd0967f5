import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useEffect, useState, useSyncExternalStore } from "react";

import { assignmentQuery } from "@/api/assignments";
import { frameTableQuery } from "@/api/timestamps";
import { currentProject } from "@/core/currentProject";
import { TabTakeover } from "@/core/tabTakeover";
import { ErrorNotice } from "@/ui/ErrorNotice";
import { Loading } from "@/ui/Loading";
import { Page } from "@/ui/Page";

import { Workspace } from "./Workspace";

function useTabTakeover(slot: string): TabTakeover {
  const [tabs] = useState(() => new TabTakeover(() => new BroadcastChannel(`countenance-${slot}`)));
  useEffect(() => {
    tabs.open();
    return () => tabs.close();
  }, [tabs]);
  return tabs;
}

/** Reads an assignment and hands it to a workspace, which owns the text from then on. */
export default function WorkspacePage({ assignmentId }: { assignmentId: number }) {
  const queryClient = useQueryClient();
  const [opening, setOpening] = useState(0);
  const tabs = useTabTakeover(`assignment-${assignmentId}`);
  const tabState = useSyncExternalStore(tabs.subscribe, tabs.current);
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
  if (assignment.data === undefined || table.data === undefined || tabState === "asking") {
    return <Loading label="Loading the clip" />;
  }
  return (
    <Workspace
      key={opening}
      assignment={assignment.data}
      table={table.data}
      isElsewhere={tabState === "elsewhere"}
      onReopen={async () => {
        await queryClient.refetchQueries(assignmentQuery(assignmentId));
        setOpening(opening + 1);
      }}
      onTakeOver={() => tabs.takeOver()}
      onFirstSave={() => void queryClient.refetchQueries(assignmentQuery(assignmentId))}
    />
  );
}
