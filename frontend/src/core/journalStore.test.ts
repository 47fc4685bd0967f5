import "fake-indexeddb/auto";

import { expect, test } from "vitest";

import { DeviceJournalStore, type JournalEntry } from "./journalStore";

function entry(seq: number, doc = `text ${seq}`): JournalEntry<string> {
  return { slot: "a7", baseVersion: 1, seq, doc, sent: null };
}

test("the newest write of a slot is read back, by another page too", async () => {
  const store = new DeviceJournalStore<string>("newest");
  void store.write(entry(1));
  void store.write(entry(2));
  await store.write({ ...entry(1), slot: "b1" });
  const other = new DeviceJournalStore<string>("newest");
  await expect(other.read("a7")).resolves.toEqual(entry(2));
});

test("a removed entry is gone, and a later write stays", async () => {
  const store = new DeviceJournalStore<string>("removed");
  void store.write(entry(1));
  void store.remove("a7");
  await expect(store.read("a7")).resolves.toBeUndefined();
  void store.write(entry(3));
  await expect(store.read("a7")).resolves.toEqual(entry(3));
});

test("a write that fails does not stop the next", async () => {
  const store = new DeviceJournalStore<unknown>("failing");
  const unclonable = { ...entry(1), doc: () => undefined };
  await expect(store.write(unclonable)).rejects.toThrow();
  await store.write(entry(2));
  await expect(store.read("a7")).resolves.toEqual(entry(2));
});
