export interface Submitted {
  assignmentId: number;
  clipName: string;
}

/** What was submitted last in this tab, so that the next page can offer to take it back. */
export class LastSubmission {
  private submitted: Submitted | null = null;
  private readonly listeners = new Set<() => void>();

  current = (): Submitted | null => this.submitted;

  subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  };

  set(submitted: Submitted | null): void {
    this.submitted = submitted;
    for (const notify of this.listeners) notify();
  }
}

export const lastSubmission = new LastSubmission();
