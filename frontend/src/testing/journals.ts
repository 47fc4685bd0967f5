import { vi } from "vitest";

import { Journal, type SaveOutcome } from "@/core/journal";
import type { JournalEntry, JournalStore } from "@/core/journalStore";

class MemoryStore implements JournalStore<string> {
  entry: JournalEntry<string> | undefined;
  read = () => Promise.resolve(this.entry);
  write = (entry: JournalEntry<string>) => {
    this.entry = entry;
    return Promise.resolve();
  };
  remove = () => {
    this.entry = undefined;
    return Promise.resolve();
  };
}

/** A made-up device with journals of one slot, and the server they save to. */
export class JournalRig {
  readonly store = new MemoryStore();
  readonly push = vi.fn<(doc: string, revision: number) => Promise<SaveOutcome<string>>>();

  open(doc = "", revision = 4): Journal<string> {
    return new Journal(
      { slot: "a7", store: this.store, push: this.push, isSame: (one, other) => one === other },
      { doc, revision },
    );
  }

  /** From now on the server counts revisions and remembers the text. */
  serve(revision = 4): { revision: number; doc: string } {
    const server = { revision, doc: "" };
    this.push.mockImplementation((doc, base) => {
      if (base !== server.revision) return Promise.resolve({ kind: "conflict", ...server });
      server.revision += 1;
      server.doc = doc;
      return Promise.resolve({ kind: "saved", revision: server.revision, savedAt: "10:00" });
    });
    return server;
  }

  /** Holds the next answer back until it is given. */
  holdAnswer(): (outcome: SaveOutcome<string>) => void {
    let give: (outcome: SaveOutcome<string>) => void = () => undefined;
    this.push.mockImplementationOnce(() => new Promise((resolve) => (give = resolve)));
    return (outcome) => give(outcome);
  }
}
