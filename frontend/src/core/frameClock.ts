import type { FrameRange, FrameTable } from "./frameTable";

/** What the clock asks of a video element; a test gives it a made-up one. */
export interface Media {
  /** Whether it tells which frame is on screen; else the one that was sought is taken for it. */
  readonly namesFrames: boolean;
  seek(seconds: number): void;
  play(): void;
  pause(): void;
  setRate(rate: number): void;
}

export interface ClockState {
  /** The frame that is really on screen. */
  readonly frame: number;
  readonly isPlaying: boolean;
  readonly rate: number;
  /** The range that playing keeps to. */
  readonly range: FrameRange;
  /** Whether playing goes on from the start of the range. */
  readonly isLooping: boolean;
  /** Whether `range` is smaller than the clip. */
  readonly hasRange: boolean;
}

export const RATES = [0.1, 0.25, 0.5, 0.75, 1, 1.5, 2] as const;

/**
 * A video as numbered frames: stepping, ranges and loops.
 *
 * Steps that come faster than the decoder answers are coalesced: one seek is under way, the last
 * one wanted follows it.
 */
export class FrameClock {
  readonly table: FrameTable;
  private readonly media: Media;
  private state: ClockState;
  private sought: number | null = null;
  private wanted: number | null = null;
  /** What was sought last, until the browser names the frame that it shows instead. */
  private awaited: number | null = null;
  private playsOnce = false;
  private readonly listeners = new Set<() => void>();

  constructor(table: FrameTable, media: Media) {
    this.table = table;
    this.media = media;
    this.state = {
      frame: 0,
      isPlaying: false,
      rate: 1,
      range: table.whole(),
      isLooping: true,
      hasRange: false,
    };
  }

  current = (): ClockState => this.state;

  subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  };

  play(): void {
    this.playsOnce = false;
    const [first, end] = this.state.range;
    const heading = this.heading();
    if (heading < first || heading >= end - 1) this.seek(first);
    this.start();
  }

  pause(): void {
    this.change({ isPlaying: false });
    this.media.pause();
  }

  toggle(): void {
    if (this.state.isPlaying) this.pause();
    else this.play();
  }

  seek(frame: number): void {
    const target = this.table.clamp(frame);
    if (this.sought !== null) {
      this.wanted = target;
      return;
    }
    this.sought = target;
    this.media.seek(this.table.seekTime(target));
  }

  /** Steps pause: a person who counts frames does not want them to run on. */
  step(frames: number): void {
    if (this.state.isPlaying) this.pause();
    this.seek(this.heading() + frames);
  }

  skip(seconds: number): void {
    this.seek(this.table.frameAfter(this.heading(), seconds));
  }

  setRate(rate: number): void {
    this.change({ rate });
    this.media.setRate(rate);
  }

  /** The next slower (-1) or faster (+1) rate. */
  changeRate(direction: -1 | 1): void {
    const rates = RATES.filter((rate) => (rate - this.state.rate) * direction > 0);
    const next = direction > 0 ? rates[0] : rates.at(-1);
    if (next !== undefined) this.setRate(next);
  }

  setRange(range: FrameRange): void {
    const clamped = this.table.clampRange(range);
    const hasRange = clamped[1] - clamped[0] < this.table.frameCount;
    this.change({ range: clamped, hasRange });
  }

  /** Moves one edge to the frame on screen; the other stays unless they would cross. */
  setRangeStart(): void {
    const { frame, range } = this.state;
    this.setRange([frame, range[1] > frame ? range[1] : this.table.frameCount]);
  }

  setRangeEnd(): void {
    const { frame, range } = this.state;
    this.setRange([range[0] <= frame ? range[0] : 0, frame + 1]);
  }

  clearRange(): void {
    this.setRange(this.table.whole());
  }

  setLooping(isLooping: boolean): void {
    this.change({ isLooping });
  }

  /** Plays a range once and stays parked on its last frame. */
  playOnce(range: FrameRange): void {
    this.setRange(range);
    this.seek(this.state.range[0]);
    this.start();
    this.playsOnce = true;
  }

  /** The browser has put a frame on screen. */
  presented(mediaTimeS: number): void {
    const frame = this.table.frameAt(mediaTimeS);
    this.awaited = null;
    this.change({ frame });
    // While a seek is under way the picture may still be from before the range.
    if (this.state.isPlaying && this.sought === null) this.keepToRange(frame);
  }

  /** The browser has finished a seek; it says nothing of frames when the picture did not change. */
  seeked(): void {
    const { sought } = this;
    this.sought = null;
    if (this.media.namesFrames) this.awaited = sought;
    else if (sought !== null && !this.state.isPlaying) this.change({ frame: sought });
    if (this.wanted === null) return;
    const next = this.wanted;
    this.wanted = null;
    this.seek(next);
  }

  /** A video has come, perhaps in place of one that was still seeking: it shows what is wanted. */
  loaded(): void {
    const heading = this.heading();
    this.sought = this.wanted = null;
    this.seek(heading);
  }

  /** The video ran to its end and stopped by itself. */
  ended(): void {
    if (this.state.isPlaying) this.reachEnd();
  }

  /** The browser started or stopped by itself (media keys, a tab in the background). */
  played(isPlaying: boolean): void {
    this.change({ isPlaying });
  }

  private heading(): number {
    return this.wanted ?? this.sought ?? this.awaited ?? this.state.frame;
  }

  private start(): void {
    this.change({ isPlaying: true });
    this.media.play();
  }

  private keepToRange(frame: number): void {
    // The last frame stays on screen while the browser seeks, so nothing of it is cut off.
    if (frame >= this.state.range[1] - 1) this.reachEnd();
  }

  private reachEnd(): void {
    const [first, end] = this.state.range;
    if (this.state.isLooping && !this.playsOnce) {
      this.seek(first);
      this.media.play();
      return;
    }
    this.playsOnce = false;
    this.pause();
    this.seek(end - 1);
  }

  private change(part: Partial<ClockState>): void {
    const before = new Map(Object.entries(this.state));
    if (Object.entries(part).every(([key, value]) => before.get(key) === value)) return;
    this.state = { ...this.state, ...part };
    for (const notify of this.listeners) notify();
  }
}
