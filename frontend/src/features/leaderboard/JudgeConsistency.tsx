import { Button } from "@mantine/core";
import { skipToken, useMutation, useQuery } from "@tanstack/react-query";

import { type ComparedJudges, compareJudges, judgeComparisonQuery } from "@/api/evaluations";
import { ComparedPairs } from "./ComparedPairs";
import { JudgesAndPeople } from "./JudgesAndPeople";
import { Card } from "@/ui/Card";
import { ErrorNotice } from "@/ui/ErrorNotice";
import { JobProgress } from "@/ui/JobProgress";

interface Props {
  version: string;
  split: string;
}

/** Whether another judge would say the same of the same texts: an open question of the paper. */
export function JudgeConsistency({ version, split }: Props) {
  const { comparison, start, isStarting, error } = useComparison(version, split);
  const result = comparison?.result ?? null;
  return (
    <Card
      title="Do judges agree?"
      aside={
        <Button variant="default" size="xs" loading={isStarting} onClick={start}>
          Compare the judges of this split
        </Button>
      }
    >
      <ErrorNotice error={error} />
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

/** Asked again, the same comparison is answered at once. */
function useComparison(version: string, split: string) {
  const asking = useMutation({ mutationFn: () => compareJudges(version, split) });
  const uid = asking.data?.job.uid;
  const followed = useQuery(
    uid === undefined
      ? { queryKey: ["judge-comparisons"], queryFn: skipToken }
      : judgeComparisonQuery(uid),
  );
  return {
    comparison: followed.data ?? asking.data,
    start: () => asking.mutate(),
    isStarting: asking.isPending,
    error: asking.error ?? followed.error,
  };
}

function Result({ result }: { result: ComparedJudges }) {
  return (
    <>
      <ComparedPairs result={result} />
      <JudgesAndPeople result={result} />
    </>
  );
}
