import { queryOptions } from "@tanstack/react-query";

import { get, post } from "@/api/http";
import { isUnderway, type Job, pollWhile } from "@/api/jobs";
import { getRows, pagesQuery } from "@/api/pages";

export const CAPTION_PARTS = ["external_attributes", "facial_changes", "summary"] as const;
export const RENDERINGS = ["stripped", "marked", "full"] as const;
export const EXPORT_FORMATS = ["videollama2", "native-jsonl"] as const;

export type CaptionPart = (typeof CAPTION_PARTS)[number];
export type Rendering = (typeof RENDERINGS)[number];
export type ExportFormat = (typeof EXPORT_FORMATS)[number];

export interface DatasetVersion {
  uid: string;
  project_id: number;
  number: number;
  note: string;
  parts: CaptionPart[];
  rendering: Rendering;
  seed: number;
  targets: { test: number; validation: number };
  counts: {
    total: number;
    train: number;
    validation: number;
    test: number;
    groups: number;
    left_out: Record<string, number>;
  };
  sha256: string;
  created_at: string;
  created_by_name: string;
}

export interface FreezeRequest {
  note: string;
  parts: CaptionPart[];
  rendering: Rendering;
  test_share: number;
  validation_share: number;
  seed?: number;
}

export interface DatasetEntry {
  clip_id: number;
  clip_name: string;
  split: "train" | "validation" | "test";
  group: string;
  text: string;
}

export interface Export {
  uid: string;
  format: ExportFormat;
  seed: number;
  job: Job | null;
  size_bytes: number | null;
  sha256: string;
  manifest: Record<string, unknown>;
  created_at: string;
  download_url: string | null;
}

export interface ExportRequest {
  format: ExportFormat;
  instruction_set?: string;
  seed?: number;
}

export interface InstructionSet {
  uid: string;
  name: string;
  version: number;
  templates: string[];
}

const versionsPath = (projectId: number) => `/api/v1/projects/${projectId}/dataset-versions`;
const versionPath = (uid: string) => `/api/v1/dataset-versions/${uid}`;

export const versionsQuery = (projectId: number) =>
  pagesQuery<DatasetVersion>(["projects", projectId, "dataset-versions"], versionsPath(projectId));

export const versionQuery = (uid: string) =>
  queryOptions({
    queryKey: ["dataset-versions", uid],
    queryFn: ({ signal }) => get<DatasetVersion>(versionPath(uid), undefined, signal),
  });

export const entriesQuery = (uid: string) =>
  pagesQuery<DatasetEntry>(["dataset-versions", uid, "entries"], `${versionPath(uid)}/entries`);

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

export const startExport = (uid: string, request: ExportRequest) =>
  post<Export>(`${versionPath(uid)}/exports`, request);
