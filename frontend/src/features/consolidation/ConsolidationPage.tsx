import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useEffect, useState } from "react";

import { consolidationQuery } from "@/api/consolidations";
import { frameTableQuery } from "@/api/timestamps";
import { currentProject } from "@/core/currentProject";
import { ErrorNotice } from "@/ui/ErrorNotice";
import { Loading } from "@/ui/Loading";
import { Page } from "@/ui/Page";
import { useTabTakeover } from "@/ui/work/useTabTakeover";

import { ConsolidationDesk } from "./ConsolidationDesk";

/** Reads a consolidation and hands it to its desk, which owns the text from then on. */
export default function ConsolidationPage({ consolidationId }: { consolidationId: number }) {
  const queryClient = useQueryClient();
  const [opening, setOpening] = useState(0);
  const tabs = useTabTakeover(`consolidation-${consolidationId}`);
  const consolidation = useQuery(consolidationQuery(consolidationId));
  const clip = consolidation.data?.clip;
  const table = useQuery({
    ...frameTableQuery(clip ?? { id: 0, timestamps_url: "" }),
    enabled: clip !== undefined,
  });
  const projectId = consolidation.data?.project_id;
  useEffect(() => {
    if (projectId !== undefined) currentProject.enter(projectId);
  }, [projectId]);

  const error = consolidation.error ?? table.error;
  if (error !== null) {
    return (
      <Page title="This consolidation cannot be shown" width="narrow">
        <ErrorNotice error={error} />
      </Page>
    );
  }
  if (consolidation.data === undefined || table.data === undefined || tabs.state === "asking") {
    return <Loading label="Loading the annotations" />;
  }
  return (
    <ConsolidationDesk
      key={opening}
      consolidation={consolidation.data}
      table={table.data}
      isElsewhere={tabs.state === "elsewhere"}
      onTakeOver={() => {
        void tabs
          .takeOver()
          .then(() => queryClient.refetchQueries(consolidationQuery(consolidationId)))
          .then(() => setOpening(opening + 1));
      }}
      onLetGo={tabs.letGo}
    />
  );
}
