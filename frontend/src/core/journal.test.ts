import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";

import { IDLE_MS, Journal, LONGEST_WAIT_MS, type SaveOutcome } from "./journal";
import type { JournalEntry, JournalStore } from "./journalStore";

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

let store: MemoryStore;
const push = vi.fn<(doc: string, revision: number) => Promise<SaveOutcome<string>>>();

function openJournal(doc = "", revision = 4): Journal<string> {
  return new Journal(
    { slot: "a7", store, push, isSame: (one, other) => one === other },
    { doc, revision },
  );
}

/** A server that counts revisions and remembers the text. */
function savingServer(revision = 4) {
  const server = { revision, doc: "" };
  push.mockImplementation((doc, base) => {
    if (base !== server.revision) return Promise.resolve({ kind: "conflict", ...server });
    server.revision += 1;
    server.doc = doc;
    return Promise.resolve({ kind: "saved", revision: server.revision, savedAt: "10:00" });
  });
  return server;
}

/** Holds the next answer back until it is given. */
function holdAnswer() {
  let give: (outcome: SaveOutcome<string>) => void = () => undefined;
  push.mockImplementationOnce(() => new Promise((resolve) => (give = resolve)));
  return (outcome: SaveOutcome<string>) => give(outcome);
}

beforeEach(() => {
  vi.useFakeTimers();
  push.mockReset();
  store = new MemoryStore();
});

afterEach(() => vi.useRealTimers());

describe("when it saves", () => {
  test("after a pause in typing, once", async () => {
    savingServer();
    const journal = openJournal();
    journal.edit("a");
    await vi.advanceTimersByTimeAsync(IDLE_MS - 1);
    journal.edit("ab");
    expect(push).not.toHaveBeenCalled();
    await vi.advanceTimersByTimeAsync(IDLE_MS);
    expect(push.mock.calls).toEqual([["ab", 4]]);
    expect(journal.current()).toMatchObject({ state: "saved", savedAt: "10:00" });
  });

  test("at the latest after five seconds of typing on", async () => {
    savingServer();
    const journal = openJournal();
    for (let typed = 0; typed < LONGEST_WAIT_MS; typed += 500) {
      journal.edit(`text ${typed}`);
      await vi.advanceTimersByTimeAsync(500);
    }
    expect(push).toHaveBeenCalledOnce();
  });

  test("at once when asked, and resolves when the server holds everything", async () => {
    const server = savingServer();
    const journal = openJournal();
    journal.edit("now");
    await expect(journal.flush()).resolves.toBe(true);
    expect(server.doc).toBe("now");
    expect(journal.currentRevision).toBe(5);
  });

  test("nothing is sent when nothing changed", async () => {
    await expect(openJournal().flush()).resolves.toBe(true);
    expect(push).not.toHaveBeenCalled();
  });

  test("never two requests at a time; what came meanwhile follows on the new revision", async () => {
    savingServer(5);
    const answer = holdAnswer();
    const journal = openJournal();
    journal.edit("one");
    const first = journal.flush();
    journal.edit("two");
    const second = journal.flush();
    expect(push).toHaveBeenCalledOnce();
    answer({ kind: "saved", revision: 5, savedAt: "10:00" });
    await Promise.all([first, second]);
    expect(push.mock.calls).toEqual([
      ["one", 4],
      ["two", 5],
    ]);
    expect(journal.current().state).toBe("saved");
  });

  test("typing on during a save waits for its own pause", async () => {
    savingServer(5);
    const answer = holdAnswer();
    const journal = openJournal();
    journal.edit("one");
    await vi.advanceTimersByTimeAsync(IDLE_MS);
    journal.edit("two");
    await vi.advanceTimersByTimeAsync(IDLE_MS);
    answer({ kind: "saved", revision: 5, savedAt: "10:00" });
    await vi.advanceTimersByTimeAsync(IDLE_MS - 1);
    expect(push).toHaveBeenCalledOnce();
    expect(journal.current().state).toBe("saving");
    await vi.advanceTimersByTimeAsync(1);
    expect(push).toHaveBeenCalledTimes(2);
  });
});

describe("the journal on this device", () => {
  test("holds every change at once and is empty once the server has it", async () => {
    savingServer();
    const journal = openJournal();
    journal.edit("a");
    expect(store.entry).toEqual({ slot: "a7", baseVersion: 4, seq: 1, doc: "a", sent: null });
    await journal.flush();
    expect(store.entry).toBeUndefined();
  });

  test("brings unsent text back after a crash and sends it", async () => {
    const server = savingServer();
    store.entry = { slot: "a7", baseVersion: 4, seq: 9, doc: "unsent", sent: null };
    const journal = openJournal("old");
    await expect(journal.restore()).resolves.toBe("unsent");
    await vi.advanceTimersByTimeAsync(IDLE_MS);
    expect(server.doc).toBe("unsent");
  });

  test("is dropped when the server holds the same", async () => {
    store.entry = { slot: "a7", baseVersion: 3, seq: 9, doc: "same", sent: null };
    const journal = openJournal("same");
    await expect(journal.restore()).resolves.toBe("same");
    expect(store.entry).toBeUndefined();
    expect(journal.current().state).toBe("saved");
  });

  test("text on an older revision is a conflict, and neither side is lost", async () => {
    store.entry = { slot: "a7", baseVersion: 3, seq: 9, doc: "mine", sent: null };
    const journal = openJournal("theirs");
    await expect(journal.restore()).resolves.toBe("mine");
    expect(journal.current()).toMatchObject({
      state: "conflict",
      theirs: { revision: 4, doc: "theirs" },
    });
    await vi.advanceTimersByTimeAsync(LONGEST_WAIT_MS);
    expect(push).not.toHaveBeenCalled();
  });

  test("an older revision is no conflict when it was our own last request that arrived", async () => {
    const server = savingServer();
    store.entry = { slot: "a7", baseVersion: 3, seq: 9, doc: "one two", sent: "one" };
    const journal = openJournal("one");
    await journal.restore();
    await vi.advanceTimersByTimeAsync(IDLE_MS);
    expect(server.doc).toBe("one two");
  });

  test("a device that keeps nothing still saves to the server", async () => {
    const server = savingServer();
    store.read = () => Promise.reject(new Error("no storage"));
    store.write = () => Promise.reject(new Error("no storage"));
    store.remove = () => Promise.reject(new Error("no storage"));
    const journal = openJournal("old");
    await expect(journal.restore()).resolves.toBe("old");
    journal.edit("new");
    await expect(journal.flush()).resolves.toBe(true);
    expect(server.doc).toBe("new");
  });
});

describe("when saving fails", () => {
  test("without a network it keeps the text and tries again, ever more slowly", async () => {
    push.mockResolvedValue({ kind: "unreachable" });
    const journal = openJournal();
    journal.edit("a");
    await expect(journal.flush()).resolves.toBe(false);
    expect(journal.current().state).toBe("offline");
    await vi.advanceTimersByTimeAsync(2_000);
    expect(push).toHaveBeenCalledTimes(2);
    await vi.advanceTimersByTimeAsync(4_999);
    expect(push).toHaveBeenCalledTimes(2);
    await vi.advanceTimersByTimeAsync(1);
    expect(push).toHaveBeenCalledTimes(3);
    savingServer();
    journal.resume();
    await vi.advanceTimersByTimeAsync(0);
    expect(journal.current().state).toBe("saved");
  });

  test("signed out, it waits for the sign-in and then sends", async () => {
    push.mockResolvedValueOnce({ kind: "signed-out" });
    const journal = openJournal();
    journal.edit("a");
    await journal.flush();
    expect(journal.current().state).toBe("offline");
    await vi.advanceTimersByTimeAsync(60_000);
    expect(push).toHaveBeenCalledOnce();
    const server = savingServer();
    journal.resume();
    await vi.advanceTimersByTimeAsync(0);
    expect(server.doc).toBe("a");
  });

  test("a refused text says why and is sent again only after a change", async () => {
    push.mockResolvedValueOnce({ kind: "refused", message: "Sentence 2 is too long." });
    const journal = openJournal();
    journal.edit("long");
    await journal.flush();
    expect(journal.current()).toMatchObject({
      state: "refused",
      message: "Sentence 2 is too long.",
    });
    await vi.advanceTimersByTimeAsync(60_000);
    expect(push).toHaveBeenCalledOnce();
    savingServer();
    journal.edit("short");
    expect(journal.current().message).toBeNull();
    await vi.advanceTimersByTimeAsync(IDLE_MS);
    expect(journal.current().state).toBe("saved");
  });

  test("a lost lease stops saving; the text stays and goes on when the slot is given back", async () => {
    push.mockResolvedValueOnce({ kind: "lost" });
    const journal = openJournal();
    journal.edit("mine");
    await journal.flush();
    expect(journal.current().state).toBe("read-only");
    journal.edit("mine still");
    await vi.advanceTimersByTimeAsync(LONGEST_WAIT_MS);
    expect(push).toHaveBeenCalledOnce();
    const server = savingServer();
    const reopened = openJournal("");
    await expect(reopened.restore()).resolves.toBe("mine still");
    await vi.advanceTimersByTimeAsync(IDLE_MS);
    expect(server.doc).toBe("mine still");
  });
});

describe("a conflict", () => {
  async function conflicted() {
    savingServer(9).doc = "theirs";
    const journal = openJournal();
    journal.edit("mine");
    await journal.flush();
    return journal;
  }

  test("is said, shows what the server holds, and sends nothing more", async () => {
    const journal = await conflicted();
    expect(journal.current()).toMatchObject({
      state: "conflict",
      theirs: { revision: 9, doc: "theirs" },
    });
    journal.edit("mine and more");
    await expect(journal.flush()).resolves.toBe(false);
    expect(push).toHaveBeenCalledOnce();
  });

  test("keeping mine sends it over the revision that was shown", async () => {
    const journal = await conflicted();
    journal.keepMine();
    await vi.advanceTimersByTimeAsync(0);
    expect(push).toHaveBeenLastCalledWith("mine", 9);
    expect(journal.current()).toMatchObject({ state: "saved", theirs: null });
  });

  test("taking theirs drops mine and goes on from there", async () => {
    const journal = await conflicted();
    await expect(journal.takeTheirs()).resolves.toBe("theirs");
    expect(store.entry).toBeUndefined();
    journal.edit("theirs and more");
    await journal.flush();
    expect(push).toHaveBeenLastCalledWith("theirs and more", 9);
  });

  test("is none when the server already holds what was sent", async () => {
    push.mockResolvedValueOnce({ kind: "conflict", revision: 5, doc: "mine" });
    const journal = openJournal();
    journal.edit("mine");
    await expect(journal.flush()).resolves.toBe(true);
    expect(journal.currentRevision).toBe(5);
  });
});

test("listeners hear of every change of state until they leave", async () => {
  savingServer();
  const journal = openJournal();
  const states: string[] = [];
  const leave = journal.subscribe(() => states.push(journal.current().state));
  journal.edit("a");
  await journal.flush();
  leave();
  journal.edit("b");
  expect(states.at(0)).toBe("saving");
  expect(states.at(-1)).toBe("saved");
});
