import { useInfiniteQuery } from "@tanstack/react-query";
import { useState } from "react";

import { isUnderway, pollWhile } from "@/api/jobs";
import { rowsOf } from "@/api/pages";
import { type ScreenedClip, screeningQuery, type Shown } from "@/api/screening";
import { rowIdOf } from "./ScreenedList";
import { type Decision, withDecisions } from "./useDecisions";

/** So many clips before the end of what is loaded, the next page is asked for. */
const AHEAD = 20;

const POLL_EACH_PAGE_MS = 2000;

function isMeasured({ job_state: state }: ScreenedClip): boolean {
  return state != null && isUnderway({ state });
}

/** The one that was chosen, or what stands in its place when it has left the list. */
function selectedOf(clips: readonly ScreenedClip[], chosenId: number): ScreenedClip | undefined {
  return clips.find(({ id }) => id >= chosenId) ?? clips.at(-1);
}

/** The clips of one filter as far as they are loaded, and which of them is selected. */
export function useScreenedClips(
  projectId: number,
  show: Shown,
  decisions: ReadonlyMap<number, Decision>,
) {
  const [chosenId, setChosenId] = useState(0);
  const list = useInfiniteQuery({
    ...screeningQuery(projectId, show),
    // Every page is read again each time, so the more there are the longer it waits.
    refetchInterval: ({ state: { data } }) =>
      pollWhile(rowsOf(data).some(isMeasured)) && POLL_EACH_PAGE_MS * (data?.pages.length ?? 1),
  });
  const clips = withDecisions(rowsOf(list.data), list.dataUpdatedAt, decisions);
  const selected = selectedOf(clips, chosenId);

  function move(step: 1 | -1) {
    const index = selected === undefined ? -1 : clips.indexOf(selected);
    const isNearEnd = index + AHEAD >= clips.length;
    if (isNearEnd && list.hasNextPage && !list.isFetching) void list.fetchNextPage();
    const next = clips[index + step];
    if (next === undefined) return;
    setChosenId(next.id);
    document.getElementById(rowIdOf(next.id))?.scrollIntoView({ block: "nearest" });
  }

  return { list, clips, selected, select: setChosenId, move };
}
