import { useInfiniteQuery } from "@tanstack/react-query";
import { useState } from "react";

import { type FreezeRequest, hedgedQuery, type SplitCounts } from "@/api/datasets";
import { rowsOf } from "@/api/pages";
import { countOf } from "@/core/counting";
import classes from "./datasets.module.css";
import { HedgedText } from "./HedgedText";
import { ErrorNotice } from "@/ui/ErrorNotice";
import { Loading } from "@/ui/Loading";
import { LoadMore } from "@/ui/LoadMore";

interface Props {
  projectId: number;
  request: FreezeRequest;
  counts: SplitCounts;
}

/** What whoever freezes has to decide about; read once somebody wants to see it. */
export function HedgedCaptions({ projectId, request, counts }: Props) {
  const [isOpen, setOpen] = useState(false);
  const count = (counts.hedged ?? 0) + (counts.left_out.hedged ?? 0);
  if (count === 0) return null;
  return (
    <details open={isOpen} onToggle={({ currentTarget }) => setOpen(currentTarget.open)}>
      <summary>
        {countOf(count, "caption still hedges", "captions still hedge")} without inferences
      </summary>
      <p className="quiet">
        {request.leaves_out_hedged
          ? "Left out, as chosen above."
          : "Frozen with the others unless they are left out above."}
      </p>
      {isOpen && <List projectId={projectId} request={request} />}
    </details>
  );
}

function List({ projectId, request }: Omit<Props, "counts">) {
  const found = useInfiniteQuery(hedgedQuery(projectId, request));
  return (
    <>
      <ErrorNotice error={found.error} />
      {found.isPending && <Loading label="Reading the captions" />}
      <ul className={classes.hedged}>
        {rowsOf(found.data).map(({ clip_id: clipId, clip_name: name, text, hedges }) => (
          <li key={clipId}>
            <a href={`/clips/${clipId}`} target="_blank" rel="noreferrer">
              {name}
            </a>
            : <HedgedText text={text} hedges={hedges} />
          </li>
        ))}
      </ul>
      <LoadMore
        what="captions"
        hasMore={found.hasNextPage}
        isLoading={found.isFetchingNextPage}
        onLoad={() => void found.fetchNextPage()}
      />
    </>
  );
}
