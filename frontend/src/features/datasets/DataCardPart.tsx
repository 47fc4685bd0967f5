import { Button } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";

import { cardFile, cardQuery, type DataCard, type DatasetVersion, makeCard } from "@/api/datasets";
import { isUnderway } from "@/api/jobs";
import { useStartedJob } from "@/api/useStartedJob";
import { CardFigures } from "./CardFigures";
import { ModelCounts } from "./ModelCounts";
import { Card } from "@/ui/Card";
import { ErrorNotice } from "@/ui/ErrorNotice";
import { JobProgress } from "@/ui/JobProgress";
import { Loading } from "@/ui/Loading";
import { Notice } from "@/ui/Notice";

/** The statistics of a version, made once by a job; and what has changed about its clips since. */
export function DataCardPart({ version }: { version: DatasetVersion }) {
  const { data, error, isPending } = useQuery(cardQuery(version.uid));
  return (
    <Card title="Data card" aside={data?.content && <Download versionUid={version.uid} />}>
      <ErrorNotice error={error} />
      {isPending && <Loading label="Loading the card" />}
      {data && <Ended card={data} />}
      {data?.content && <CardFigures content={data.content} />}
      {data && <ModelCounts versionUid={version.uid} projectId={version.project_id} card={data} />}
      {data?.content === null && <NotMade versionUid={version.uid} card={data} />}
    </Card>
  );
}

function Download({ versionUid }: { versionUid: string }) {
  return (
    <Button component="a" href={cardFile(versionUid)} download size="compact-sm" variant="default">
      As a Markdown file
    </Button>
  );
}

function NotMade({ versionUid, card }: { versionUid: string; card: DataCard }) {
  const making = useStartedJob(() => makeCard(versionUid), [cardQuery(versionUid).queryKey]);
  const job = making.job ?? card.job;
  return (
    <>
      <ErrorNotice error={making.error} />
      {job !== null && <JobProgress label="Making the data card" job={job} />}
      {!isUnderway(job) && (
        <div>
          <Button variant="default" loading={making.isBusy} onClick={making.start}>
            Make the data card
          </Button>
        </div>
      )}
    </>
  );
}

function Ended({ card: { ended, runs } }: { card: DataCard }) {
  const told = Object.entries(ended).filter(([, clips]) => clips.length > 0);
  if (told.length === 0) return null;
  return (
    <Notice tone="warning" title="Clips of this version are no longer allowed.">
      {told.map(([reason, clips]) => (
        <details key={reason}>
          <summary>
            {clips.length} {reason.replaceAll("_", " ")}: exports leave them out
          </summary>
          <ul>
            {clips.map((clip) => (
              <li key={clip} className="figures">
                {clip}
              </li>
            ))}
          </ul>
        </details>
      ))}
      {runs.length > 0 && (
        <p>
          Learnt from by {runs.map(({ number, name }) => `run ${number} (${name})`).join(", ")}.
        </p>
      )}
    </Notice>
  );
}
