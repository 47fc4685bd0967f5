import { keepPreviousData, queryOptions } from "@tanstack/react-query";

import { get, post } from "@/api/http";
import { isUnderway, pollWhile } from "@/api/jobs";
import { getRows, pagesQuery } from "@/api/pages";
import type { components } from "@/api/schema";

type Schemas = components["schemas"];

export const METRICS = [
  "cider",
  "rouge_l",
  "autodq",
  "tem",
  "correctness",
  "detail",
  "context",
  "temporal",
] as const;
/** What the offline judge gives; the others only a language model. */
export const OFFLINE_METRICS = ["cider", "rouge_l", "autodq", "tem"] as const;
export const EVALUATED_SPLITS = ["test", "validation"] as const;
export const CLIP_ORDERS = ["worst", "best"] as const;

export type Metric = (typeof METRICS)[number];
export type EvaluatedSplit = (typeof EVALUATED_SPLITS)[number];
export type Evaluation = Schemas["Evaluation"];
export type EvaluationDetail = Schemas["EvaluationDetail"];
export type Table = Schemas["Table"];
export type Leaderboard = Schemas["LeaderboardAnswer"];
export type LeaderboardRow = Schemas["LeaderboardRow"];
export type PublishedRow = Schemas["PublishedRow"];
export type Score = Schemas["Score"];
export type ScoreDifference = Schemas["ScoreDifference"];
export type Slice = Schemas["Slice"];
export type ClipDifference = Schemas["ClipDifference"];
export type EvaluatedClip = Schemas["EvaluatedClip"];
export type Side = Schemas["Side"];
export type Alignment = Schemas["Alignment"];
export type AlignedEvent = Schemas["AlignedEvent"];
export type UploadCheck = Schemas["UploadCheck"];
export type JudgeComparison = Schemas["JudgeComparison"];
export type ComparedJudges = Schemas["ComparisonResult"];
export type Correlation = Schemas["Correlation"];
export type Judging = Required<Schemas["ModelEvaluationBody"]>;

/** Which leaderboard, and the row that the others are compared with. */
export interface TableChoice {
  version: string;
  split: string;
  /** A hosted model; empty for the offline judge. */
  judge: string;
  against: string;
}

const inProject = (projectId: number) => ["projects", projectId, "evaluations"] as const;
const versionPath = (uid: string) => `/api/v1/dataset-versions/${uid}`;
const path = (uid: string) => `/api/v1/evaluations/${uid}`;

/** Under it lies everything that another evaluation changes. */
export const evaluationsKey = inProject;

/** The newest ones, asked about while one of them is under way. */
export const evaluationsQuery = (projectId: number) =>
  queryOptions({
    queryKey: [...inProject(projectId), "list"],
    queryFn: ({ signal }) =>
      getRows<Evaluation>(`/api/v1/projects/${projectId}/evaluations`, signal),
    refetchInterval: ({ state }) =>
      pollWhile(state.data?.some(({ job }) => isUnderway(job)) ?? false),
  });

export const tablesQuery = (projectId: number) =>
  queryOptions({
    queryKey: [...inProject(projectId), "tables"],
    queryFn: ({ signal }) => getRows<Table>(`/api/v1/projects/${projectId}/leaderboards`, signal),
  });

export const leaderboardQuery = (
  projectId: number,
  { version, split, judge, against }: TableChoice,
) =>
  queryOptions({
    queryKey: [...inProject(projectId), "leaderboard", version, split, judge, against],
    queryFn: ({ signal }) =>
      get<Leaderboard>(`${versionPath(version)}/leaderboard`, { split, judge, against }, signal),
    placeholderData: keepPreviousData,
  });

export const FILE_FORMS = ["csv", "latex", "json"] as const;

export function leaderboardFile(form: string, { version, split, judge, against }: TableChoice) {
  const search = new URLSearchParams({ split, judge, against });
  return `${versionPath(version)}/leaderboard/${form}?${search.toString()}`;
}

export const evaluationQuery = (uid: string) =>
  queryOptions({
    queryKey: ["evaluations", uid],
    queryFn: ({ signal }) => get<EvaluationDetail>(path(uid), undefined, signal),
    refetchInterval: ({ state }) => pollWhile(isUnderway(state.data?.job ?? null)),
  });

export interface ClipChoice {
  against: string;
  metric: Metric;
  order: (typeof CLIP_ORDERS)[number];
}

export const evaluatedClipsQuery = (uid: string, { against, metric, order }: ClipChoice) =>
  pagesQuery<ClipDifference>(
    ["evaluations", uid, "clips", against, metric, order],
    `${path(uid)}/clips`,
    {
      against,
      metric,
      order,
    },
  );

export const evaluatedClipQuery = (uid: string, clipId: number, against: string) =>
  queryOptions({
    queryKey: ["evaluations", uid, "clips", clipId, against],
    queryFn: ({ signal }) =>
      get<EvaluatedClip>(`${path(uid)}/clips/${clipId}`, { against }, signal),
  });

export const evaluateModel = (version: string, body: Judging) =>
  post<Evaluation>(`${versionPath(version)}/evaluations`, body);

/** What an upload would be scored on; nothing is stored. */
export function checkUpload(version: string, split: EvaluatedSplit, file: File) {
  const form = new FormData();
  form.append("split", split);
  form.append("file", file);
  return post<UploadCheck>(`${versionPath(version)}/evaluations/check`, form);
}

export function uploadPredictions(
  version: string,
  { model: name, ...judging }: Judging,
  file: File,
  commonOnly: boolean,
) {
  const form = new FormData();
  form.append("name", name);
  form.append("split", judging.split);
  form.append("judge", judging.judge);
  for (const metric of judging.metrics) form.append("metrics", metric);
  form.append("rewrites", String(judging.rewrites));
  form.append("judges_others", String(judging.judges_others));
  form.append("common_only", String(commonOnly));
  form.append("file", file);
  return post<Evaluation>(`${versionPath(version)}/evaluations/upload`, form);
}

export const compareJudges = (version: string, split: string) =>
  post<JudgeComparison>(`${versionPath(version)}/judge-comparisons`, { split });

export const judgeComparisonQuery = (jobUid: string) =>
  queryOptions({
    queryKey: ["judge-comparisons", jobUid],
    queryFn: ({ signal }) =>
      get<JudgeComparison>(`/api/v1/judge-comparisons/${jobUid}`, undefined, signal),
    refetchInterval: ({ state }) => pollWhile(isUnderway(state.data?.job ?? null)),
  });
