/** A half-open range of frames, `[first, end)`, as caption documents store it. */
export type FrameRange = readonly [first: number, end: number];

/** Half a millisecond: browsers round times to microseconds, frames lie at least 4 ms apart. */
const TOLERANCE_S = 0.0005;

/** The frames of a clip on its own clock. The one place that converts frames and seconds. */
export class FrameTable {
  private readonly starts: readonly number[];
  private readonly endS: number;

  /** `starts` are the times of the presented frames in seconds, ascending, at least one. */
  constructor(starts: readonly number[], durationS: number) {
    if (starts.length === 0) throw new RangeError("A clip has at least one frame.");
    this.starts = starts;
    this.endS = Math.max(durationS, this.startOf(starts.length - 1));
  }

  get frameCount(): number {
    return this.starts.length;
  }

  clamp(frame: number): number {
    return Math.min(Math.max(Math.trunc(frame), 0), this.starts.length - 1);
  }

  /** When a frame begins; for `frameCount`, when the clip ends. */
  startOf(frame: number): number {
    return this.starts[frame] ?? this.endS;
  }

  /** The middle of a frame, so that no rounding lands on a neighbour. */
  seekTime(frame: number): number {
    const shown = this.clamp(frame);
    return (this.startOf(shown) + this.startOf(shown + 1)) / 2;
  }

  /** The frame that is on screen at a media time. */
  frameAt(mediaTimeS: number): number {
    let low = 0;
    let high = this.starts.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if (this.startOf(middle) <= mediaTimeS + TOLERANCE_S) low = middle;
      else high = middle - 1;
    }
    return low;
  }

  /** The frame shown so many seconds before or after another. At least one frame away. */
  frameAfter(frame: number, seconds: number): number {
    const target = this.frameAt(this.startOf(this.clamp(frame)) + seconds);
    return this.clamp(target === frame ? frame + Math.sign(seconds) : target);
  }

  /** A range with its edges in order and inside the clip, never empty. */
  clampRange([first, end]: FrameRange): FrameRange {
    const start = this.clamp(Math.min(first, end));
    return [start, Math.max(start + 1, Math.min(Math.max(first, end), this.starts.length))];
  }

  whole(): FrameRange {
    return [0, this.starts.length];
  }
}
