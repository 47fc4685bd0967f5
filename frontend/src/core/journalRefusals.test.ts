import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";

import { JournalRig } from "@/testing/journals";
import { IDLE_MS, LONGEST_WAIT_MS } from "./journal";

let rig: JournalRig;

beforeEach(() => {
  vi.useFakeTimers();
  rig = new JournalRig();
});

afterEach(() => vi.useRealTimers());

describe("when saving fails", () => {
  test("without a network it keeps the text and tries again, ever more slowly", async () => {
    rig.push.mockResolvedValue({ kind: "unreachable" });
    const journal = rig.open();
    journal.edit("a");
    await expect(journal.flush()).resolves.toBe(false);
    expect(journal.current().state).toBe("offline");
    await vi.advanceTimersByTimeAsync(2_000);
    expect(rig.push).toHaveBeenCalledTimes(2);
    await vi.advanceTimersByTimeAsync(4_999);
    expect(rig.push).toHaveBeenCalledTimes(2);
    await vi.advanceTimersByTimeAsync(1);
    expect(rig.push).toHaveBeenCalledTimes(3);
    rig.serve();
    journal.resume();
    await vi.advanceTimersByTimeAsync(0);
    expect(journal.current().state).toBe("saved");
  });

  test("a lost answer is no conflict with what was written since", async () => {
    const server = rig.serve();
    rig.push.mockImplementationOnce((doc) => {
      Object.assign(server, { doc, revision: 5 });
      return Promise.resolve({ kind: "unreachable" });
    });
    const journal = rig.open();
    journal.edit("one");
    await journal.flush();
    journal.edit("one two");
    await expect(journal.flush()).resolves.toBe(true);
    expect(server).toEqual({ doc: "one two", revision: 6 });
    expect(journal.current().state).toBe("saved");
  });

  test("signed out, it waits for the sign-in and then sends", async () => {
    rig.push.mockResolvedValueOnce({ kind: "signed-out" });
    const journal = rig.open();
    journal.edit("a");
    await journal.flush();
    expect(journal.current().state).toBe("offline");
    await vi.advanceTimersByTimeAsync(60_000);
    expect(rig.push).toHaveBeenCalledOnce();
    const server = rig.serve();
    journal.resume();
    await vi.advanceTimersByTimeAsync(0);
    expect(server.doc).toBe("a");
  });

  test("a refused text says why and is sent again only after a change", async () => {
    rig.push.mockResolvedValueOnce({ kind: "refused", message: "Sentence 2 is too long." });
    const journal = rig.open();
    journal.edit("long");
    await journal.flush();
    expect(journal.current()).toMatchObject({
      state: "refused",
      message: "Sentence 2 is too long.",
    });
    await vi.advanceTimersByTimeAsync(60_000);
    expect(rig.push).toHaveBeenCalledOnce();
    rig.serve();
    journal.edit("short");
    expect(journal.current().message).toBeNull();
    await vi.advanceTimersByTimeAsync(IDLE_MS);
    expect(journal.current().state).toBe("saved");
  });

  test("a lost lease stops saving; the text stays and goes on when the slot is given back", async () => {
    rig.push.mockResolvedValueOnce({ kind: "lost" });
    const journal = rig.open();
    journal.edit("mine");
    await journal.flush();
    expect(journal.current().state).toBe("read-only");
    journal.edit("mine still");
    await vi.advanceTimersByTimeAsync(LONGEST_WAIT_MS);
    expect(rig.push).toHaveBeenCalledOnce();
    const server = rig.serve();
    const reopened = rig.open("");
    await expect(reopened.restore()).resolves.toBe("mine still");
    await vi.advanceTimersByTimeAsync(IDLE_MS);
    expect(server.doc).toBe("mine still");
  });
});

describe("a conflict", () => {
  async function conflicted() {
    rig.serve(9).doc = "theirs";
    const journal = rig.open();
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
    expect(rig.push).toHaveBeenCalledOnce();
  });

  test("keeping mine sends it over the revision that was shown", async () => {
    const journal = await conflicted();
    journal.keepMine();
    await vi.advanceTimersByTimeAsync(0);
    expect(rig.push).toHaveBeenLastCalledWith("mine", 9);
    expect(journal.current()).toMatchObject({ state: "saved", theirs: null });
  });

  test("taking theirs drops mine and goes on from there", async () => {
    const journal = await conflicted();
    await expect(journal.takeTheirs()).resolves.toBe("theirs");
    expect(rig.store.entry).toBeUndefined();
    journal.edit("theirs and more");
    await journal.flush();
    expect(rig.push).toHaveBeenLastCalledWith("theirs and more", 9);
  });

  test("is none when the server already holds what was sent", async () => {
    rig.push.mockResolvedValueOnce({ kind: "conflict", revision: 5, doc: "mine" });
    const journal = rig.open();
    journal.edit("mine");
    await expect(journal.flush()).resolves.toBe(true);
    expect(journal.currentRevision).toBe(5);
  });
});
