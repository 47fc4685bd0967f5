const KEY = "countenance.project";

/** The project a person works in; remembered because a workspace's address does not name it. */
export class CurrentProject {
  private id: number | null;
  private readonly storage: Pick<Storage, "getItem" | "setItem">;
  private readonly listeners = new Set<() => void>();

  constructor(storage: Pick<Storage, "getItem" | "setItem">) {
    this.storage = storage;
    const stored = Number(storage.getItem(KEY));
    this.id = Number.isInteger(stored) && stored > 0 ? stored : null;
  }

  current = (): number | null => this.id;

  subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  };

  enter(id: number): void {
    if (id === this.id) return;
    this.id = id;
    this.storage.setItem(KEY, String(id));
    for (const notify of this.listeners) notify();
  }
}

export const currentProject = new CurrentProject(window.localStorage);
