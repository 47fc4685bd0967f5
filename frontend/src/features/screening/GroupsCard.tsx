import { Button } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";

import { compareClips, type Groups, groupsQuery } from "@/api/sampling";
import { screeningKey } from "@/api/screening";
import { useStartedJob } from "@/api/useStartedJob";
import { Card } from "@/ui/Card";
import { ErrorNotice } from "@/ui/ErrorNotice";
import { Facts } from "@/ui/Facts";
import { JobProgress } from "@/ui/JobProgress";

/** How many clips look alike or show one person; a worker finds out. */
export function GroupsCard({ projectId }: { projectId: number }) {
  const groups = useQuery(groupsQuery(projectId));
  const { start, job, isBusy, error } = useStartedJob(
    () => compareClips(projectId),
    [screeningKey(projectId)],
  );
  return (
    <Card
      title="Clips that belong together"
      aside={
        <Button variant="default" loading={isBusy} onClick={start}>
          Compare the clips
        </Button>
      }
    >
      <p className="quiet">
        Near-duplicates and clips of one person stay in one split of a dataset. Compare again when
        clips have come.
      </p>
      <ErrorNotice error={groups.error ?? error} />
      {job !== null && <JobProgress label="Comparing the clips" job={job} />}
      {groups.data !== undefined && <Counts groups={groups.data} />}
    </Card>
  );
}

function Counts({ groups }: { groups: Groups }) {
  return (
    <Facts
      facts={[
        { name: "Groups of near-duplicates", value: groups.duplicate_groups },
        { name: "People in several clips", value: groups.person_groups },
        { name: "Faces kept for comparing", value: groups.embeddings },
      ]}
    />
  );
}
