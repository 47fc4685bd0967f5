/** The part of BroadcastChannel that is used; a test gives a made-up one. */
export interface TabChannel {
  onmessage: ((event: MessageEvent<unknown>) => void) | null;
  postMessage(message: unknown): void;
  close(): void;
}

/** `asking` until another tab had time to answer; `elsewhere` when one did. */
export type TabState = "asking" | "here" | "elsewhere";

/** A tab of the same browser answers within a frame or two; this leaves it room. */
export const ANSWER_MS = 150;

/** For the other tab to send what is unsent, slowly perhaps. A frozen one never says it has. */
export const LET_GO_MS = 5_000;

/** Keeps one slot open for writing in one tab: a second tab has to take it over. */
export class TabTakeover {
  private state: TabState = "asking";
  private readonly openChannel: () => TabChannel;
  private channel: TabChannel | null = null;
  private timer: ReturnType<typeof setTimeout> | undefined;
  private hasLetGo: (() => void) | null = null;
  private readonly listeners = new Set<() => void>();

  constructor(openChannel: () => TabChannel) {
    this.openChannel = openChannel;
  }

  open(): void {
    this.channel = this.openChannel();
    this.channel.onmessage = ({ data }) => this.hear(data);
    this.channel.postMessage("who-writes");
    this.timer = setTimeout(() => {
      if (this.state === "asking") this.change("here");
    }, ANSWER_MS);
  }

  current = (): TabState => this.state;

  subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  };

  /** Resolves once the server has what the other tab wrote, so that it can be read from there. */
  takeOver(): Promise<void> {
    this.channel?.postMessage("i-write");
    return new Promise((resolve) => {
      this.hasLetGo = () => {
        clearTimeout(this.timer);
        this.hasLetGo = null;
        this.change("here");
        resolve();
      };
      this.timer = setTimeout(this.hasLetGo, LET_GO_MS);
    });
  }

  /** Tells the tab that took over that nothing of this one is unsent. */
  letGo(): void {
    this.channel?.postMessage("let-go");
  }

  close(): void {
    clearTimeout(this.timer);
    this.channel?.close();
    this.channel = null;
    this.state = "asking";
  }

  private hear(message: unknown): void {
    const isWriter = this.state === "here" || this.hasLetGo !== null;
    if (message === "who-writes" && isWriter) this.channel?.postMessage("i-write");
    else if (message === "i-write") this.change("elsewhere");
    else if (message === "let-go") this.hasLetGo?.();
  }

  private change(state: TabState): void {
    if (this.state === state) return;
    this.state = state;
    for (const notify of this.listeners) notify();
  }
}
