import { queryOptions } from "@tanstack/react-query";

import { get, post } from "@/api/http";
import { isUnderway, pollWhile } from "@/api/jobs";
import { getRows, pagesQuery } from "@/api/pages";
import type { components } from "@/api/schema";
import { upload } from "@/api/upload";

export type ImportError = components["schemas"]["ImportError"];

export type Import = components["schemas"]["ImportAnswer"];

export const ITEM_STATUSES = ["pending", "imported", "duplicate", "failed"] as const;

export type ItemStatus = (typeof ITEM_STATUSES)[number];

export type ImportItem = components["schemas"]["ImportItem"];

export type ImportFolder = components["schemas"]["ImportFolder"];

export type StartedImport = components["schemas"]["Started"];

type OnSent = (bytes: number, total: number) => void;

const importsPath = (projectId: number) => `/api/v1/projects/${projectId}/imports`;

export const importsQuery = (projectId: number) =>
  pagesQuery<Import>(["projects", projectId, "imports"], importsPath(projectId));

export const importQuery = (uid: string) =>
  queryOptions({
    queryKey: ["imports", uid],
    queryFn: ({ signal }) => get<Import>(`/api/v1/imports/${uid}`, undefined, signal),
    refetchInterval: ({ state }) => pollWhile(isUnderway(state.data?.job ?? null)),
  });

export const importItemsQuery = (uid: string, status: ItemStatus | null) =>
  pagesQuery<ImportItem>(["imports", uid, "items", status], `/api/v1/imports/${uid}/items`, {
    status,
  });

export const importFoldersQuery = (projectId: number) =>
  queryOptions({
    queryKey: ["projects", projectId, "import-folders"],
    queryFn: ({ signal }) =>
      getRows<ImportFolder>(`/api/v1/projects/${projectId}/import-folders`, signal),
  });

export function uploadClips(
  projectId: number,
  source: number,
  files: readonly File[],
  onSent: OnSent,
): Promise<StartedImport> {
  const form = new FormData();
  form.set("kind", "upload");
  form.set("source", String(source));
  for (const file of files) form.append("files", file);
  return upload<StartedImport>(importsPath(projectId), form, onSent);
}

export function uploadRecords(
  projectId: number,
  request: { source: number; file: File; dryRun: boolean; lenient: boolean },
  onSent: OnSent,
): Promise<StartedImport> {
  const form = new FormData();
  form.set("kind", "jsonl");
  form.set("source", String(request.source));
  form.set("dry_run", String(request.dryRun));
  form.set("lenient", String(request.lenient));
  form.set("file", request.file);
  return upload<StartedImport>(importsPath(projectId), form, onSent);
}

/** The clips and approved captions of a native export. */
export function uploadArchive(
  projectId: number,
  file: File,
  dryRun: boolean,
  onSent: OnSent,
): Promise<StartedImport> {
  const form = new FormData();
  form.set("kind", "archive");
  form.set("dry_run", String(dryRun));
  form.set("file", file);
  return upload<StartedImport>(importsPath(projectId), form, onSent);
}

/** Of films, every shot becomes a clip. */
export const importFolder = (
  projectId: number,
  source: number,
  path: string,
  kind: "folder" | "film",
) => post<StartedImport>(importsPath(projectId), { kind, source, path });

export const retryImport = (uid: string) => post<unknown>(`/api/v1/imports/${uid}/retry`);
