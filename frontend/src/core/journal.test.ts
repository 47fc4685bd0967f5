import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";

import { JournalRig } from "@/testing/journals";
import { IDLE_MS, LONGEST_WAIT_MS } from "./journal";

let rig: JournalRig;

beforeEach(() => {
  vi.useFakeTimers();
  rig = new JournalRig();
});

afterEach(() => vi.useRealTimers());

describe("when it saves", () => {
  test("after a pause in typing, once", async () => {
    rig.serve();
    const journal = rig.open();
    journal.edit("a");
    await vi.advanceTimersByTimeAsync(IDLE_MS - 1);
    journal.edit("ab");
    expect(rig.push).not.toHaveBeenCalled();
    await vi.advanceTimersByTimeAsync(IDLE_MS);
    expect(rig.push.mock.calls).toEqual([["ab", 4]]);
    expect(journal.current()).toMatchObject({ state: "saved", savedAt: "10:00" });
  });

  test("at the latest after five seconds of typing on", async () => {
    rig.serve();
    const journal = rig.open();
    for (let typed = 0; typed < LONGEST_WAIT_MS; typed += 500) {
      journal.edit(`text ${typed}`);
      await vi.advanceTimersByTimeAsync(500);
    }
    expect(rig.push).toHaveBeenCalledOnce();
  });

  test("at once when asked, and resolves when the server holds everything", async () => {
    const server = rig.serve();
    const journal = rig.open();
    journal.edit("now");
    await expect(journal.flush()).resolves.toBe(true);
    expect(server.doc).toBe("now");
    expect(journal.currentRevision).toBe(5);
  });

  test("nothing is sent when nothing changed", async () => {
    await expect(rig.open().flush()).resolves.toBe(true);
    expect(rig.push).not.toHaveBeenCalled();
  });

  test("never two requests at a time; what came meanwhile follows on the new revision", async () => {
    rig.serve(5);
    const answer = rig.holdAnswer();
    const journal = rig.open();
    journal.edit("one");
    const first = journal.flush();
    journal.edit("two");
    const second = journal.flush();
    expect(rig.push).toHaveBeenCalledOnce();
    answer({ kind: "saved", revision: 5, savedAt: "10:00" });
    await Promise.all([first, second]);
    expect(rig.push.mock.calls).toEqual([
      ["one", 4],
      ["two", 5],
    ]);
    expect(journal.current().state).toBe("saved");
  });

  test("typing on during a save waits for its own pause", async () => {
    rig.serve(5);
    const answer = rig.holdAnswer();
    const journal = rig.open();
    journal.edit("one");
    await vi.advanceTimersByTimeAsync(IDLE_MS);
    journal.edit("two");
    await vi.advanceTimersByTimeAsync(IDLE_MS);
    answer({ kind: "saved", revision: 5, savedAt: "10:00" });
    await vi.advanceTimersByTimeAsync(IDLE_MS - 1);
    expect(rig.push).toHaveBeenCalledOnce();
    expect(journal.current().state).toBe("saving");
    await vi.advanceTimersByTimeAsync(1);
    expect(rig.push).toHaveBeenCalledTimes(2);
  });
});

test("listeners hear of every change of state until they leave", async () => {
  rig.serve();
  const journal = rig.open();
  const states: string[] = [];
  const leave = journal.subscribe(() => states.push(journal.current().state));
  journal.edit("a");
  await journal.flush();
  leave();
  journal.edit("b");
  expect(states.at(0)).toBe("saving");
  expect(states.at(-1)).toBe("saved");
});
