import { useQueryClient } from "@tanstack/react-query";
import { useEffect, useState } from "react";

import { send } from "@/api/http";
import { Problem } from "@/api/problem";
import { meQuery } from "@/api/session";
import { signInGate } from "@/api/signInGate";
import type { Me, SavedText } from "@/api/types";
import { Journal, type SaveOutcome, type Served } from "@/core/journal";
import { DeviceJournalStore } from "@/core/journalStore";

interface Options<Doc> {
  /** Names the slot in the journal of this device. */
  slot: string;
  path: string;
  served: Served<Doc>;
  toBody: (doc: Doc) => unknown;
  /** The document in the body of a refusal; the server sends it with a conflict. */
  readTheirs: (body: Problem["body"]) => Doc;
  isSame: (one: Doc, other: Doc) => boolean;
  onLease: (leaseUntil: string) => void;
  /** The server holds this, also when its first answer was lost on the way. */
  onStored?: (doc: Doc) => void;
}

/** Browsers refuse more in a request that outlives its page. */
const KEEPALIVE_BYTES = 60_000;

/** What a refusal of a save means for the journal. */
export function outcomeOf<Doc>(
  error: unknown,
  readTheirs: (body: Problem["body"]) => Doc,
): SaveOutcome<Doc> {
  if (!(error instanceof Problem)) return { kind: "unreachable" };
  const { body } = error;
  if (body.code === "revision_conflict") {
    return { kind: "conflict", revision: Number(body.current), doc: readTheirs(body) };
  }
  if (body.status === 401) return { kind: "signed-out" };
  // 404: the slot went to somebody else. 409 without a revision: it was submitted or closed.
  if ([404, 409, 423].includes(body.status)) return { kind: "lost" };
  if (body.status >= 500 || body.status === 429) return { kind: "unreachable" };
  return { kind: "refused", message: body.errors[0]?.message ?? error.message };
}

async function pushText<Doc>(
  options: Options<Doc>,
  doc: Doc,
  revision: number,
): Promise<SaveOutcome<Doc>> {
  const body = options.toBody(doc);
  // Every save may outlive the page, so that one under way is not cut off by closing the tab.
  const keepalive = JSON.stringify(body).length * 3 < KEEPALIVE_BYTES;
  try {
    const { data } = await send<SavedText>("PATCH", options.path, { body, revision, keepalive });
    if (data.lease_until !== null) options.onLease(data.lease_until);
    options.onStored?.(doc);
    return { kind: "saved", revision: data.revision, savedAt: data.saved_at };
  } catch (error) {
    const outcome = outcomeOf(error, options.readTheirs);
    if (outcome.kind === "conflict" && options.isSame(outcome.doc, doc)) options.onStored?.(doc);
    return outcome;
  }
}

function saveWhenLeaving<Doc>(journal: Journal<Doc>, leaving: AbortSignal): void {
  const flush = () => void journal.flush();
  const onHide = () => {
    if (document.visibilityState === "hidden") flush();
  };
  window.addEventListener("blur", flush, { signal: leaving });
  window.addEventListener("pagehide", flush, { signal: leaving });
  document.addEventListener("visibilitychange", onHide, { signal: leaving });
  window.addEventListener("online", () => journal.resume(), { signal: leaving });
}

function createJournal<Doc>(options: Options<Doc>, me: Me | undefined): Journal<Doc> {
  return new Journal<Doc>(
    {
      // Two people may share a device, and neither may read what the other left unsent.
      slot: `${me?.id ?? ""}:${options.slot}`,
      store: new DeviceJournalStore<Doc>(),
      push: (doc, revision) => pushText(options, doc, revision),
      isSame: options.isSame,
    },
    options.served,
  );
}

/** The autosave of an open page: it also saves on leaving, and after sign-in or reconnecting. */
export function useAutosave<Doc>(options: Options<Doc>): Journal<Doc> {
  const queryClient = useQueryClient();
  const [journal] = useState(() =>
    createJournal(options, queryClient.getQueryData(meQuery.queryKey)),
  );
  useEffect(() => {
    const leave = new AbortController();
    saveWhenLeaving(journal, leave.signal);
    const stopGate = signInGate.subscribe(() => {
      if (!signInGate.isClosed()) journal.resume();
    });
    return () => {
      leave.abort();
      stopGate();
      void journal.flush();
    };
  }, [journal]);
  return journal;
}
