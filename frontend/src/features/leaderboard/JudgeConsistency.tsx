import { Button } from "@mantine/core";
import { skipToken, useMutation, useQuery } from "@tanstack/react-query";

import { type ComparedJudges, compareJudges, judgeComparisonQuery } from "@/api/evaluations";
import { ComparedPairs } from "./ComparedPairs";
import { JudgesAndPeople } from "./JudgesAndPeople";
import { Card } from "@/ui/Card";
import { ErrorNotice } from "@/ui/ErrorNotice";
import { JobProgress } from "@/ui/JobProgress";
import { Notice } from "@/ui/Notice";

interface Props {
  version: string;
  split: string;
}

/** Whether another judge would say the same of the same texts: an open question of the paper. */
export function JudgeConsistency({ version, split }: Props) {
  const asking = useMutation({ mutationFn: () => compareJudges(version, split) });
  const uid = asking.data?.job.uid;
  const followed = useQuery(
    uid === undefined
      ? { queryKey: ["judge-comparisons"], queryFn: skipToken }
      : judgeComparisonQuery(uid),
  );
  const comparison = followed.data ?? asking.data;
  const result = comparison?.result ?? null;
  return (
    <Card
      title="Do judges agree?"
      aside={
        <Button
          variant="default"
          size="xs"
          loading={asking.isPending}
          onClick={() => asking.mutate()}
        >
          Compare the judges of this split
        </Button>
      }
    >
      <ErrorNotice error={asking.error ?? followed.error} />
      {comparison === undefined && (
        <p className="quiet">
          All judges that have scored these texts, two by two: their numbers, the order in which
          they put the rows, the events they find, and what reviewers said of the same annotations.
        </p>
      )}
      {comparison !== undefined && result === null && (
        <JobProgress label="Comparison of judges" job={comparison.job} />
      )}
      {result !== null && <Result result={result} />}
    </Card>
  );
}

function Result({ result }: { result: ComparedJudges }) {
  return (
    <>
      {result.judges.length < 2 && (
        <Notice tone="accent">
          One judge alone has scored this split. Evaluate the same models by another judge, then
          compare again.
        </Notice>
      )}
      <ComparedPairs result={result} />
      <JudgesAndPeople result={result} />
    </>
  );
}
