/**
 * Whether the session has ended under a page that is open.
 *
 * The page stays as it is and a sign-in dialog lies over it; whoever waits (the journal) goes on
 * when the gate opens again.
 */
export class SignInGate {
  private closed = false;
  private readonly listeners = new Set<() => void>();

  isClosed = (): boolean => this.closed;

  subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  };

  close(): void {
    this.change(true);
  }

  open(): void {
    this.change(false);
  }

  private change(closed: boolean): void {
    if (this.closed === closed) return;
    this.closed = closed;
    for (const notify of this.listeners) notify();
  }
}

export const signInGate = new SignInGate();
