import { type DBSchema, type IDBPDatabase, openDB } from "idb";

/** The unsent text of one slot; one for each, the newest wins. */
export interface JournalEntry<Doc> {
  slot: string;
  /** The server's revision that the text was written on. */
  baseVersion: number;
  seq: number;
  doc: Doc;
  /** What was last sent and perhaps arrived. */
  sent: Doc | null;
}

export interface JournalStore<Doc> {
  read(slot: string): Promise<JournalEntry<Doc> | undefined>;
  write(entry: JournalEntry<Doc>): Promise<void>;
  remove(slot: string): Promise<void>;
}

interface Schema<Doc> extends DBSchema {
  entries: { key: string; value: JournalEntry<Doc> };
}

/** The journal on this device, in IndexedDB. Writes keep their order. */
export class DeviceJournalStore<Doc> implements JournalStore<Doc> {
  private readonly opening: Promise<IDBPDatabase<Schema<Doc>>>;
  private last: Promise<unknown> = Promise.resolve();

  constructor(name = "countenance-journal") {
    this.opening = openDB<Schema<Doc>>(name, 1, {
      upgrade: (database) => {
        database.createObjectStore("entries", { keyPath: "slot" });
      },
    });
  }

  async read(slot: string): Promise<JournalEntry<Doc> | undefined> {
    await this.last;
    return (await this.opening).get("entries", slot);
  }

  write(entry: JournalEntry<Doc>): Promise<void> {
    return this.queue((database) => database.put("entries", entry));
  }

  remove(slot: string): Promise<void> {
    return this.queue((database) => database.delete("entries", slot));
  }

  private queue(change: (database: IDBPDatabase<Schema<Doc>>) => Promise<unknown>): Promise<void> {
    const done = this.last.then(async () => {
      await change(await this.opening);
    });
    // One failed write must not stop the later ones.
    this.last = done.catch(() => undefined);
    return done;
  }
}
