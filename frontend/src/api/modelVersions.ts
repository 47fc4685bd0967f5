import { queryOptions } from "@tanstack/react-query";

import { get, post } from "@/api/http";
import { getRows, pagesQuery } from "@/api/pages";
import type { components } from "@/api/schema";

type Schemas = components["schemas"];

export const MODEL_KINDS = ["signals", "facetrack_mm", "openai"] as const;
export const DRAFT_ROLES = ["default", "canary", "shadow", "retired"] as const;

export type ModelKind = (typeof MODEL_KINDS)[number];
export type DraftRole = (typeof DRAFT_ROLES)[number];
export type ModelVersion = Schemas["ModelVersion"];
/** A role from when it was given until it ended. */
export type GivenRole = Schemas["DraftRole"];
export type RoleRequest = Required<Schemas["RoleBody"]>;
export type HostedModel = Schemas["HostedModelBody"];
export type OwnModel = Schemas["OwnModelBody"];
/** What became of a version's drafts. Shares are of 1, and null where nothing was counted yet. */
export type DraftStatistics = Schemas["DraftStatistics"];
export type DraftTotals = Schemas["DraftTotals"];

const path = (projectId: number, part: string) => `/api/v1/projects/${projectId}/${part}`;

/** Under it lies everything of models that another role changes. */
export const modelsKey = (projectId: number) => ["projects", projectId, "models"] as const;

export const modelVersionsQuery = (projectId: number) =>
  queryOptions({
    queryKey: [...modelsKey(projectId), "versions"],
    queryFn: ({ signal }) => getRows<ModelVersion>(path(projectId, "models"), signal),
  });

export const givenRolesQuery = (projectId: number) =>
  pagesQuery<GivenRole>([...modelsKey(projectId), "roles"], path(projectId, "draft-roles"));

/** Names only; addresses and keys are the operator's. */
export const endpointsQuery = (projectId: number) =>
  queryOptions({
    queryKey: [...modelsKey(projectId), "endpoints"],
    queryFn: async ({ signal }) =>
      (await get<Schemas["Endpoints"]>(path(projectId, "draft-endpoints"), undefined, signal))
        .names,
  });

export const statisticsQuery = (projectId: number, versionUid: string) =>
  queryOptions({
    queryKey: [...modelsKey(projectId), "statistics", versionUid],
    queryFn: ({ signal }) =>
      get<DraftStatistics>(path(projectId, `models/${versionUid}/statistics`), undefined, signal),
  });

export const registerHosted = (projectId: number, model: HostedModel) =>
  post<ModelVersion>(path(projectId, "models/hosted"), model);

export const registerOwn = (projectId: number, model: OwnModel) =>
  post<ModelVersion>(path(projectId, "models/own"), model);

export const giveRole = (projectId: number, request: RoleRequest) =>
  post<GivenRole>(path(projectId, "draft-roles"), request);

export const rollBack = (projectId: number, kind: ModelKind, reason: string) =>
  post<GivenRole>(path(projectId, "draft-roles/roll-back"), { kind, reason });
