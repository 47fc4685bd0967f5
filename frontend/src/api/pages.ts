import { type InfiniteData, infiniteQueryOptions } from "@tanstack/react-query";

import { get, type Query } from "@/api/http";
import type { CursorPage } from "@/api/types";

export function readCursor({ next }: CursorPage<unknown>): string | null {
  return next === null ? null : new URL(next, window.location.origin).searchParams.get("cursor");
}

/** A list that is read page by page; the server gives the cursor of the next one. */
export function pagesQuery<Row, Page extends CursorPage<Row> = CursorPage<Row>>(
  queryKey: readonly unknown[],
  path: string,
  query: Query = {},
) {
  return infiniteQueryOptions({
    queryKey,
    queryFn: ({ pageParam, signal }) => get<Page>(path, { ...query, cursor: pageParam }, signal),
    initialPageParam: null as string | null,
    getNextPageParam: readCursor,
  });
}

export function rowsOf<Row>(data: InfiniteData<CursorPage<Row>> | undefined): Row[] {
  return data?.pages.flatMap((page) => page.results) ?? [];
}

/** The largest page there is: for lists that people keep short, as members and sources. */
export async function getRows<Row>(
  path: string,
  signal: AbortSignal,
  query: Query = {},
): Promise<Row[]> {
  const page = await get<CursorPage<Row>>(path, { ...query, page_size: 200 }, signal);
  return page.results;
}
