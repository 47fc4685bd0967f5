import { FaceView } from "@/core/faceView";
import { FrameClock, type Media } from "@/core/frameClock";
import type { FrameTable } from "@/core/frameTable";

/** Joins a frame clock to a video element, which may come later and go earlier. */
export class VideoDriver implements Media {
  readonly clock: FrameClock;
  readonly faceView = new FaceView();
  private video: HTMLVideoElement | null = null;
  private rate = 1;
  private hasFailed = false;

  constructor(table: FrameTable) {
    this.clock = new FrameClock(table, this);
  }

  get namesFrames(): boolean {
    return "requestVideoFrameCallback" in HTMLVideoElement.prototype && !this.hasFailed;
  }

  seek(seconds: number): void {
    // What cannot be decoded never ends a seek; the server has pictures of its frames all the same.
    if (this.hasFailed) this.clock.seeked();
    else if (this.video !== null) this.video.currentTime = seconds;
  }

  play(): void {
    // Refused (no gesture yet) or cut short by a pause: the video stands, and so does the clock.
    this.video?.play().catch(() => this.clock.played(!this.isStanding()));
  }

  pause(): void {
    this.video?.pause();
  }

  setRate(rate: number): void {
    this.rate = rate;
    if (this.video !== null) this.video.playbackRate = rate;
  }

  /** A ref callback: answers the clean-up that React runs when the element goes. */
  attach = (video: HTMLVideoElement | null): (() => void) | undefined => {
    if (video === null) return undefined;
    this.video = video;
    video.playbackRate = this.rate;
    const leave = new AbortController();
    const on = (event: string, listener: () => void) =>
      video.addEventListener(event, listener, { signal: leave.signal });
    // Shows the true first frame in place of the poster, or the frame the player was on.
    on("loadeddata", () => this.clock.loaded());
    on("seeked", () => this.clock.seeked());
    on("error", () => this.fail());
    on("play", () => this.clock.played(true));
    on("ended", () => this.clock.ended());
    // A video that ends is paused first; the clock still has to decide about the loop.
    on("pause", () => {
      if (!video.ended) this.clock.played(false);
    });
    if (this.namesFrames) this.followFrames(video, leave.signal);
    else on("timeupdate", () => this.clock.presented(video.currentTime));
    return () => {
      leave.abort();
      this.video = null;
    };
  };

  private followFrames(video: HTMLVideoElement, leaving: AbortSignal): void {
    const onFrame = (_now: number, { mediaTime }: { mediaTime: number }): void => {
      if (leaving.aborted) return;
      this.clock.presented(mediaTime);
      video.requestVideoFrameCallback(onFrame);
    };
    video.requestVideoFrameCallback(onFrame);
  }

  private fail(): void {
    this.hasFailed = true;
    this.clock.played(false);
    this.clock.loaded();
  }

  private isStanding(): boolean {
    return this.video === null || this.video.paused;
  }
}
