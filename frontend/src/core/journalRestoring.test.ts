import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";

import { JournalRig } from "@/testing/journals";
import { IDLE_MS, LONGEST_WAIT_MS } from "./journal";

let rig: JournalRig;

beforeEach(() => {
  vi.useFakeTimers();
  rig = new JournalRig();
});

afterEach(() => vi.useRealTimers());

describe("the journal on this device", () => {
  test("holds every change at once and is empty once the server has it", async () => {
    rig.serve();
    const journal = rig.open();
    journal.edit("a");
    expect(rig.store.entry).toEqual({ slot: "a7", baseVersion: 4, seq: 1, doc: "a", sent: null });
    await journal.flush();
    expect(rig.store.entry).toBeUndefined();
  });

  test("brings unsent text back after a crash and sends it", async () => {
    const server = rig.serve();
    rig.store.entry = { slot: "a7", baseVersion: 4, seq: 9, doc: "unsent", sent: null };
    const journal = rig.open("old");
    await expect(journal.restore()).resolves.toBe("unsent");
    await vi.advanceTimersByTimeAsync(IDLE_MS);
    expect(server.doc).toBe("unsent");
  });

  test("is dropped when the server holds the same", async () => {
    rig.store.entry = { slot: "a7", baseVersion: 3, seq: 9, doc: "same", sent: null };
    const journal = rig.open("same");
    await expect(journal.restore()).resolves.toBe("same");
    expect(rig.store.entry).toBeUndefined();
    expect(journal.current().state).toBe("saved");
  });

  test("text on an older revision is a conflict, and neither side is lost", async () => {
    rig.store.entry = { slot: "a7", baseVersion: 3, seq: 9, doc: "mine", sent: null };
    const journal = rig.open("theirs");
    await expect(journal.restore()).resolves.toBe("mine");
    expect(journal.current()).toMatchObject({
      state: "conflict",
      theirs: { revision: 4, doc: "theirs" },
    });
    await vi.advanceTimersByTimeAsync(LONGEST_WAIT_MS);
    expect(rig.push).not.toHaveBeenCalled();
  });

  test("an older revision is no conflict when it was our own last request that arrived", async () => {
    const server = rig.serve();
    rig.store.entry = { slot: "a7", baseVersion: 3, seq: 9, doc: "one two", sent: "one" };
    const journal = rig.open("one");
    await journal.restore();
    await vi.advanceTimersByTimeAsync(IDLE_MS);
    expect(server.doc).toBe("one two");
  });

  test("a device that keeps nothing still saves to the server", async () => {
    const server = rig.serve();
    rig.store.read = () => Promise.reject(new Error("no storage"));
    rig.store.write = () => Promise.reject(new Error("no storage"));
    rig.store.remove = () => Promise.reject(new Error("no storage"));
    const journal = rig.open("old");
    await expect(journal.restore()).resolves.toBe("old");
    journal.edit("new");
    await expect(journal.flush()).resolves.toBe(true);
    expect(server.doc).toBe("new");
  });
});
