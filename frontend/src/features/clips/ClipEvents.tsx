import { useInfiniteQuery } from "@tanstack/react-query";

import { clipEventsQuery } from "@/api/clips";
import { rowsOf } from "@/api/pages";
import classes from "./clips.module.css";
import { eventNote, eventSentence } from "./eventSentences";
import { Card } from "@/ui/Card";
import { ErrorNotice } from "@/ui/ErrorNotice";
import { Loading } from "@/ui/Loading";
import { LoadMore } from "@/ui/LoadMore";
import { Time } from "@/ui/Time";

/** What happened to the clip. The server leaves out the names that a reader may not see. */
export function ClipEvents({ clipId }: { clipId: number }) {
  const events = useInfiniteQuery(clipEventsQuery(clipId));
  return (
    <Card title="What happened">
      <ErrorNotice error={events.error} />
      {events.isPending && <Loading label="Loading the events" />}
      <ul className={classes.events}>
        {rowsOf(events.data).map((event, index) => (
          <li key={index}>
            <span>{eventSentence(event)}</span>
            <span className="quiet">
              <Time at={event.at} />
            </span>
            <EventNote note={eventNote(event)} />
          </li>
        ))}
      </ul>
      <LoadMore
        what="events"
        hasMore={events.hasNextPage}
        isLoading={events.isFetchingNextPage}
        onLoad={() => void events.fetchNextPage()}
      />
    </Card>
  );
}

function EventNote({ note }: { note: string | null }) {
  return note === null ? null : <blockquote className={classes.note}>{note}</blockquote>;
}
