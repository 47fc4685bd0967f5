import { Button } from "@mantine/core";
import { useInfiniteQuery } from "@tanstack/react-query";

import { type ClipChoice, evaluatedClipsQuery } from "@/api/evaluations";
import { rowsOf } from "@/api/pages";
import classes from "./evaluation.module.css";
import { sayNumber } from "./metricLabels";
import { ErrorNotice } from "@/ui/ErrorNotice";
import { Loading } from "@/ui/Loading";

interface Props {
  evaluationUid: string;
  choice: ClipChoice;
  opened: number | undefined;
  onOpen: (clipId: number) => void;
}

/** The clips by how far the row is behind the other one, or by its own number. */
export function ClipList({ evaluationUid, choice, opened, onOpen }: Props) {
  const list = useInfiniteQuery(evaluatedClipsQuery(evaluationUid, choice));
  const clips = rowsOf(list.data);
  return (
    <nav className={classes.list} aria-label="Clips of the evaluation">
      <ErrorNotice error={list.error} />
      {list.isPending && <Loading label="Loading the clips" />}
      <ul>
        {clips.map((clip) => (
          <li key={clip.clip_id}>
            <button
              type="button"
              aria-current={clip.clip_id === opened}
              onClick={() => onOpen(clip.clip_id)}
            >
              <span>{clip.clip_name}</span>
              <span className="figures">
                {sayNumber(clip.value)}
                {clip.other_value !== null && ` against ${sayNumber(clip.other_value)}`}
              </span>
            </button>
          </li>
        ))}
      </ul>
      {list.hasNextPage && (
        <Button
          variant="default"
          size="xs"
          loading={list.isFetchingNextPage}
          onClick={() => void list.fetchNextPage()}
        >
          More clips
        </Button>
      )}
    </nav>
  );
}
