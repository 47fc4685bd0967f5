import { queryOptions } from "@tanstack/react-query";

import { get, post } from "@/api/http";
import { type Job, pollWhile } from "@/api/jobs";
import { getRows, pagesQuery } from "@/api/pages";
import type { components } from "@/api/schema";

type Schemas = components["schemas"];

export type Run = Schemas["TrainingRun"];
export type RunDetail = Schemas["TrainingRunDetail"];
export type RunRequest = Schemas["RunBody"];
export type Recipes = Schemas["Recipes"];
export type RecipeField = Schemas["RecipeField"];
export type CheckedRecipe = Schemas["CheckedRecipe"];
export type RecipeCheck = Required<Schemas["CheckBody"]>;
export type Device = Schemas["TrainingDevice"];
/** A line of the trainer: a step with its loss, or one with a validation loss. */
export type MetricPoint = Readonly<Record<string, unknown>>;

const LIVE: ReadonlySet<Run["state"]> = new Set(["queued", "preparing", "running", "stopping"]);

export const isLive = ({ state }: Pick<Run, "state">): boolean => LIVE.has(state);

const ofProject = (projectId: number, part: string) => `/api/v1/projects/${projectId}/${part}`;
const ofRun = (uid: string, part = "") => `/api/v1/training-runs/${uid}${part}`;

export const runsQuery = (projectId: number) =>
  pagesQuery<Run>(["projects", projectId, "runs"], ofProject(projectId, "training-runs"));

export const runQuery = (uid: string) =>
  queryOptions({
    queryKey: ["runs", uid],
    queryFn: ({ signal }) => get<RunDetail>(ofRun(uid), undefined, signal),
    refetchInterval: ({ state }) => pollWhile(state.data !== undefined && isLive(state.data)),
  });

export const metricsQuery = (uid: string, isRunning: boolean) =>
  queryOptions({
    queryKey: ["runs", uid, "metrics"],
    queryFn: async ({ signal }) =>
      (await get<{ points: MetricPoint[] }>(ofRun(uid, "/metrics"), undefined, signal)).points,
    refetchInterval: pollWhile(isRunning),
  });

/** The end of the log, which is what people follow. */
export const logQuery = (uid: string, isRunning: boolean) =>
  queryOptions({
    queryKey: ["runs", uid, "log"],
    queryFn: async ({ signal }) =>
      (await get<Schemas["RunLog"]>(ofRun(uid, "/log"), undefined, signal)).text,
    refetchInterval: pollWhile(isRunning),
  });

export const recipesQuery = queryOptions({
  queryKey: ["recipes"],
  queryFn: ({ signal }) => get<Recipes>("/api/v1/training-runs/recipes", undefined, signal),
  // They change with the program, not while it runs.
  staleTime: Infinity,
});

export const devicesQuery = (projectId: number) =>
  queryOptions({
    queryKey: ["projects", projectId, "training-devices"],
    queryFn: ({ signal }) => getRows<Device>(ofProject(projectId, "training-devices"), signal),
  });

/**
 * What the recipe would come to; asked again with every settled change. The question is text, so
 * that an equal one is the same.
 */
export const checkQuery = (projectId: number, asked: string) =>
  queryOptions({
    queryKey: ["projects", projectId, "recipe-check", asked],
    queryFn: () =>
      post<CheckedRecipe>(
        ofProject(projectId, "training-runs/check"),
        JSON.parse(asked) as RecipeCheck,
      ),
    staleTime: Infinity,
  });

export const startRun = (projectId: number, request: RunRequest) =>
  post<RunDetail>(ofProject(projectId, "training-runs"), request);

export const stopRun = (uid: string) => post<RunDetail>(ofRun(uid, "/cancel"));

export const resumeRun = (uid: string) => post<RunDetail>(ofRun(uid, "/resume"));

export const registerResult = (uid: string) => post<Job>(ofRun(uid, "/result"));
