import { infiniteQueryOptions, keepPreviousData, queryOptions } from "@tanstack/react-query";

import { get, post } from "@/api/http";
import { isUnderway, type Job, pollWhile } from "@/api/jobs";
import { getRows, pagesQuery, readCursor } from "@/api/pages";
import type { components } from "@/api/schema";
import type { CursorPage } from "@/api/types";

export const CAPTION_PARTS = ["external_attributes", "facial_changes", "summary"] as const;
export const RENDERINGS = ["stripped", "marked", "full"] as const;

export const DATASET_CHANGES = ["edited", "added", "removed", "moved"] as const;

export const MEDIA = ["paths", "copies", "links"] as const;

export type CaptionPart = (typeof CAPTION_PARTS)[number];
export type Rendering = (typeof RENDERINGS)[number];
export type ExportMedia = (typeof MEDIA)[number];
export type ExportFormat = components["schemas"]["Export"]["format"];

export type DatasetVersion = components["schemas"]["DatasetVersion"];

export type FreezeRequest = Required<components["schemas"]["FreezeBody"]>;

export type ReleaseFilter = components["schemas"]["FilterBody"];

export type ReleasePreview = components["schemas"]["ReleasePreview"];

export type DatasetChange = (typeof DATASET_CHANGES)[number];

export type DatasetDifferences = components["schemas"]["DatasetDifferences"];

export type ChangedClip = components["schemas"]["ChangedClip"];

export type DataCard = components["schemas"]["DataCard"];

export type CardContent = NonNullable<DataCard["content"]>;

export type ActionCount = components["schemas"]["ActionCount"];

export type CardSummary = components["schemas"]["Summary"];

export type Stratum = components["schemas"]["Stratum"];

export type SplitCounts = components["schemas"]["SplitCounts"];

export type Targets = components["schemas"]["Targets"];

export type SourceKind = components["schemas"]["Source"]["kind"];

export type HedgedCaption = components["schemas"]["HedgedCaption"];

export type DatasetEntry = components["schemas"]["DatasetEntry"];

export type Export = components["schemas"]["Export"];

export type ExportRequest = Required<components["schemas"]["ExportBody"]>;

export type InstructionSet = components["schemas"]["InstructionSet"];

const versionsPath = (projectId: number) => `/api/v1/projects/${projectId}/dataset-versions`;
const versionPath = (uid: string) => `/api/v1/dataset-versions/${uid}`;

export const versionsQuery = (projectId: number) =>
  pagesQuery<DatasetVersion>(["projects", projectId, "dataset-versions"], versionsPath(projectId));

export const versionQuery = (uid: string) =>
  queryOptions({
    queryKey: ["dataset-versions", uid],
    queryFn: ({ signal }) => get<DatasetVersion>(versionPath(uid), undefined, signal),
  });

export const entriesQuery = (uid: string, onlyHedging: boolean) => ({
  ...pagesQuery<DatasetEntry>(
    ["dataset-versions", uid, "entries", onlyHedging],
    `${versionPath(uid)}/entries`,
    { hedges: onlyHedging || null },
  ),
  placeholderData: keepPreviousData,
});

/** A page of the clips that one kind of change happened to, with the counts of all kinds. */
export const diffQuery = (uid: string, against: string, change: DatasetChange) => ({
  ...pagesQuery<ChangedClip, DatasetDifferences>(
    ["dataset-versions", uid, "diff", against, change],
    `${versionPath(uid)}/diff`,
    { against, change },
  ),
  // The counts stay while another kind is read.
  placeholderData: keepPreviousData,
});

export const cardQuery = (uid: string) =>
  queryOptions({
    queryKey: ["dataset-versions", uid, "card"],
    queryFn: ({ signal }) => get<DataCard>(`${versionPath(uid)}/card`, undefined, signal),
    refetchInterval: ({ state: { data } }) =>
      pollWhile([data?.job, data?.counting].some((job) => isUnderway(job ?? null))),
  });

export const cardFile = (uid: string) => `${versionPath(uid)}/card.md`;

export const makeCard = (uid: string) => post<Job>(`${versionPath(uid)}/card`, null);

export const countActions = (uid: string, model: string) =>
  post<Job>(`${versionPath(uid)}/card/action-counts`, { model });

export const exportsQuery = (uid: string) =>
  queryOptions({
    queryKey: ["dataset-versions", uid, "exports"],
    queryFn: ({ signal }) => getRows<Export>(`${versionPath(uid)}/exports`, signal),
    refetchInterval: ({ state }) =>
      pollWhile(state.data?.some(({ job }) => isUnderway(job)) ?? false),
  });

export const instructionSetsQuery = (projectId: number) =>
  queryOptions({
    queryKey: ["projects", projectId, "instruction-sets"],
    queryFn: ({ signal }) =>
      getRows<InstructionSet>("/api/v1/instruction-sets", signal, { project: projectId }),
  });

export const freeze = (projectId: number, request: FreezeRequest) =>
  post<DatasetVersion>(versionsPath(projectId), request);

/** Nothing is stored; freezing with the seed of the answer makes what it tells. */
export const previewVersion = (projectId: number, request: FreezeRequest) =>
  post<ReleasePreview>(`${versionsPath(projectId)}/preview`, request);

/** Asked with a body, since what is looked through is as much as what freezing is asked for. */
export const hedgedQuery = (projectId: number, request: FreezeRequest) =>
  infiniteQueryOptions({
    queryKey: ["projects", projectId, "hedged", request],
    queryFn: ({ pageParam }) =>
      post<CursorPage<HedgedCaption>>(
        `${versionsPath(projectId)}/preview/hedged${pageParam === null ? "" : `?cursor=${pageParam}`}`,
        request,
      ),
    initialPageParam: null as string | null,
    getNextPageParam: readCursor,
  });

export const startExport = (uid: string, request: ExportRequest) =>
  post<Export>(`${versionPath(uid)}/exports`, request);
