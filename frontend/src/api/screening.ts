import { queryOptions } from "@tanstack/react-query";

import { get, post, send } from "@/api/http";
import type { Job } from "@/api/jobs";
import { pagesQuery } from "@/api/pages";
import type { components } from "@/api/schema";
import type { CursorPage } from "@/api/types";

type Schemas = components["schemas"];

export type ScreenedClip = Schemas["ScreenedClip"];
export type Finding = Schemas["Finding"];
export type ScreeningRules = Schemas["ScreeningBounds"];

/** The bounds with the revision that a change of them is made on. */
export interface HeldRules {
  rules: ScreeningRules;
  /** Of a project in which nobody has changed any. */
  usual: ScreeningRules;
  revision: number;
}

function held({ usual, ...rules }: Schemas["ScreeningRules"], revision: number): HeldRules {
  return { rules, usual, revision };
}

export const SHOWN = [
  "undecided",
  "flagged",
  "rejected_by_rule",
  "rejected",
  "waiting",
  "all",
] as const;

export type Shown = (typeof SHOWN)[number];

/** Large, because people go through the list from one end to the other. */
const PAGE_SIZE = 100;

const path = (projectId: number, part: string) => `/api/v1/projects/${projectId}/${part}`;

/** Apart from the project's other lists, so that one decision does not read thousands of rows. */
export const screeningKey = (projectId: number) => ["screening", projectId] as const;

export const screeningQuery = (projectId: number, show: Shown) =>
  pagesQuery<ScreenedClip>(
    [...screeningKey(projectId), "clips", show],
    path(projectId, "screening"),
    { show, page_size: PAGE_SIZE },
  );

export const keepScreened = (clipId: number) =>
  post<ScreenedClip>(`/api/v1/clips/${clipId}/screening/keep`);

export const rejectScreened = (clipId: number, why: { reason: string; note: string }) =>
  post<ScreenedClip>(`/api/v1/clips/${clipId}/screening/reject`, why);

export const rulesQuery = (projectId: number) =>
  queryOptions({
    queryKey: [...screeningKey(projectId), "rules"],
    queryFn: async ({ signal }): Promise<HeldRules> => {
      const { data, revision } = await send<Schemas["ScreeningRules"]>(
        "GET",
        path(projectId, "screening/rules"),
        { signal },
      );
      return held(data, revision ?? 0);
    },
  });

export async function changeRules(
  projectId: number,
  revision: number,
  changes: Partial<ScreeningRules>,
): Promise<HeldRules> {
  const answer = await send<Schemas["ScreeningRules"]>(
    "PATCH",
    path(projectId, "screening/rules"),
    {
      body: changes,
      revision,
    },
  );
  return held(answer.data, answer.revision ?? revision + 1);
}

export const trackMissing = (projectId: number) => post<Schemas["Asked"]>(path(projectId, "track"));

/**
 * The work on faces that goes on: what runs, and how much waits, as far as one page tells; and how
 * many clips still show tracks of former networks.
 */
export interface Measuring {
  running: Job[];
  waiting: number;
  isMore: boolean;
  outdated: number;
}

const isMeasuring = ({ kind }: Job) => /\.track_(faces|again)$/.test(kind);

async function readMeasuring(projectId: number, signal: AbortSignal): Promise<Measuring> {
  const read = (state: string) =>
    get<CursorPage<Job>>(path(projectId, "jobs"), { state, page_size: 200 }, signal);
  const counts = get<Schemas["TrackCounts"]>(path(projectId, "track"), undefined, signal);
  const [running, queued, { outdated }] = await Promise.all([
    read("running"),
    read("queued"),
    counts,
  ]);
  return {
    running: running.results.filter(isMeasuring),
    waiting: queued.results.filter(isMeasuring).length,
    isMore: queued.next !== null,
    outdated,
  };
}

export const measuringQuery = (projectId: number) =>
  queryOptions({
    queryKey: [...screeningKey(projectId), "measuring"],
    queryFn: ({ signal }) => readMeasuring(projectId, signal),
  });
