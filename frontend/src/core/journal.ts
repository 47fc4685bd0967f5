import type { JournalStore } from "./journalStore";

export type SaveState = "saved" | "saving" | "offline" | "refused" | "conflict" | "read-only";

/** What became of sending a document. */
export type SaveOutcome<Doc> =
  | { kind: "saved"; revision: number; savedAt: string }
  | { kind: "conflict"; revision: number; doc: Doc }
  | { kind: "refused"; message: string }
  /** The lease is lost, or another tab took over. */
  | { kind: "lost" }
  | { kind: "signed-out" }
  | { kind: "unreachable" };

export interface Served<Doc> {
  revision: number;
  doc: Doc;
}

export interface JournalView<Doc> {
  readonly state: SaveState;
  readonly savedAt: string | null;
  /** Why the server refused the text; null in every other state. */
  readonly message: string | null;
  /** What the server holds instead, while the state is `conflict`. */
  readonly theirs: Served<Doc> | null;
}

interface Options<Doc> {
  slot: string;
  store: JournalStore<Doc>;
  push: (doc: Doc, revision: number) => Promise<SaveOutcome<Doc>>;
  /** Whether two documents say the same, however the server ordered their keys. */
  isSame: (one: Doc, other: Doc) => boolean;
}

export const IDLE_MS = 800;
export const LONGEST_WAIT_MS = 5_000;
const RETRY_MS = [2_000, 5_000, 15_000, 30_000];

/**
 * Autosave of one working text: every change goes into a journal on this device at once and to the
 * server soon after. Nothing is ever sent over a revision that was not read.
 */
export class Journal<Doc> {
  private readonly options: Options<Doc>;
  private view: JournalView<Doc> = { state: "saved", savedAt: null, message: null, theirs: null };
  private doc: Doc;
  private revision: number;
  private seq = 0;
  private savedSeq = 0;
  /** What was sent and not answered, so that it perhaps arrived. */
  private sent: { doc: Doc; seq: number } | null = null;
  private pushing: Promise<void> | null = null;
  private isUrgent = false;
  private idleTimer: ReturnType<typeof setTimeout> | undefined;
  private longestTimer: ReturnType<typeof setTimeout> | undefined;
  private failures = 0;
  private readonly listeners = new Set<() => void>();

  constructor(options: Options<Doc>, served: Served<Doc>) {
    this.options = options;
    this.doc = served.doc;
    this.revision = served.revision;
  }

  current = (): JournalView<Doc> => this.view;

  subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  };

  get currentRevision(): number {
    return this.revision;
  }

  get currentDoc(): Doc {
    return this.doc;
  }

  /** Brings back what an earlier page left unsent, and answers the document to show. */
  async restore(): Promise<Doc> {
    const entry = await this.options.store.read(this.options.slot).catch(() => undefined);
    if (entry === undefined) return this.doc;
    const served = { revision: this.revision, doc: this.doc };
    if (this.options.isSame(entry.doc, served.doc)) {
      await this.options.store.remove(this.options.slot);
      return this.doc;
    }
    const wasArriving = entry.sent !== null && this.options.isSame(entry.sent, served.doc);
    this.doc = entry.doc;
    this.seq = 1;
    if (entry.baseVersion === served.revision || wasArriving) this.schedule();
    else this.change({ state: "conflict", theirs: served });
    return this.doc;
  }

  edit(doc: Doc): void {
    this.doc = doc;
    this.seq += 1;
    this.record();
    if (this.canSend()) this.schedule();
  }

  /** Sends what is unsent now. Resolves to whether the server holds everything. */
  async flush(): Promise<boolean> {
    this.clearTimers();
    this.isUrgent = true;
    await this.push();
    return !this.isDirty();
  }

  /** Tries again after the network or the session came back. */
  resume(): void {
    this.failures = 0;
    if (this.isDirty() && this.canSend()) void this.flush();
  }

  keepMine(): void {
    if (this.view.theirs === null) return;
    this.revision = this.view.theirs.revision;
    this.change({ state: "saving", theirs: null });
    void this.flush();
  }

  /** Drops the text of this device for the server's, and answers it. */
  async takeTheirs(): Promise<Doc> {
    if (this.view.theirs === null) return this.doc;
    ({ doc: this.doc, revision: this.revision } = this.view.theirs);
    this.savedSeq = this.seq;
    await this.options.store.remove(this.options.slot);
    this.change({ state: "saved", theirs: null });
    return this.doc;
  }

  /** The text stays on screen and in the journal, but nothing is sent any more. */
  stop(): void {
    this.clearTimers();
    this.change({ state: "read-only" });
  }

  private isDirty(): boolean {
    return this.seq > this.savedSeq;
  }

  private canSend(): boolean {
    return this.view.state !== "conflict" && this.view.state !== "read-only";
  }

  private schedule(): void {
    this.change({ state: "saving", message: null });
    clearTimeout(this.idleTimer);
    this.idleTimer = setTimeout(this.tick, IDLE_MS);
    // Not restarted by later changes: a person who types on and on is saved all the same.
    this.longestTimer ??= setTimeout(this.tick, LONGEST_WAIT_MS);
  }

  private readonly tick = (): void => {
    this.clearTimers();
    void this.push();
  };

  /** One request at a time; whoever comes while one is under way waits for it. */
  private push(): Promise<void> {
    if (this.isDirty() && this.canSend()) this.pushing ??= this.drain();
    return this.pushing ?? Promise.resolve();
  }

  private async drain(): Promise<void> {
    try {
      let before: number;
      do {
        before = this.savedSeq;
        await this.send();
      } while (this.isUrgent && this.savedSeq > before && this.isDirty() && this.canSend());
      // Without hurry, what was typed meanwhile waits for its own pause.
      if (this.savedSeq > before && this.isDirty() && this.canSend()) this.schedule();
    } finally {
      this.pushing = null;
      this.isUrgent = false;
    }
  }

  private async send(): Promise<void> {
    // An unanswered text goes again as it was, before any newer one: should the server hold it
    // already, it is known again and is no conflict.
    this.sent ??= { doc: this.doc, seq: this.seq };
    const { doc, seq } = this.sent;
    this.record();
    this.change({ state: "saving", message: null });
    const outcome = await this.options.push(doc, this.revision);
    if (outcome.kind !== "unreachable" && outcome.kind !== "signed-out") this.sent = null;
    this.take(outcome, doc, seq);
  }

  private take(outcome: SaveOutcome<Doc>, doc: Doc, seq: number): void {
    switch (outcome.kind) {
      case "saved":
        return this.settle(outcome.revision, seq, outcome.savedAt);
      case "conflict":
        // The earlier answer was lost on the way; the server holds exactly what was sent.
        if (this.options.isSame(outcome.doc, doc)) return this.settle(outcome.revision, seq, null);
        return this.change({
          state: "conflict",
          theirs: { revision: outcome.revision, doc: outcome.doc },
        });
      case "lost":
        return this.stop();
      case "refused":
        return this.change({ state: "refused", message: outcome.message });
      case "signed-out":
        return this.change({ state: "offline" });
      case "unreachable":
        return this.retryLater();
    }
  }

  private settle(revision: number, seq: number, savedAt: string | null): void {
    this.revision = revision;
    this.savedSeq = seq;
    this.failures = 0;
    if (this.isDirty()) {
      this.record();
      return;
    }
    this.options.store.remove(this.options.slot).catch(() => undefined);
    this.change({ state: "saved", savedAt: savedAt ?? this.view.savedAt });
  }

  private retryLater(): void {
    this.change({ state: "offline" });
    const delay = RETRY_MS[Math.min(this.failures, RETRY_MS.length - 1)];
    this.failures += 1;
    this.clearTimers();
    this.idleTimer = setTimeout(this.tick, delay);
  }

  private record(): void {
    const { slot, store } = this.options;
    const { revision: baseVersion, seq, doc } = this;
    const sent = this.sent?.doc ?? null;
    // A device that keeps nothing (a full disk, a private window) must not stop the server's copy.
    store.write({ slot, baseVersion, seq, doc, sent }).catch(() => undefined);
  }

  private clearTimers(): void {
    clearTimeout(this.idleTimer);
    clearTimeout(this.longestTimer);
    this.longestTimer = undefined;
  }

  private change(part: Partial<JournalView<Doc>>): void {
    this.view = { ...this.view, ...part };
    for (const notify of this.listeners) notify();
  }
}
