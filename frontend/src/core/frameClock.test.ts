import { beforeEach, describe, expect, test, vi } from "vitest";

import { FrameClock } from "./frameClock";
import { FrameTable } from "./frameTable";

const table = new FrameTable(
  Array.from({ length: 10 }, (_, i) => i / 10),
  1,
);
const media = {
  namesFrames: true,
  seek: vi.fn(),
  play: vi.fn(),
  pause: vi.fn(),
  setRate: vi.fn(),
};
let clock: FrameClock;

beforeEach(() => {
  vi.resetAllMocks();
  media.namesFrames = true;
  clock = new FrameClock(table, media);
});

function show(frame: number): void {
  clock.presented(frame / 10);
}

/** The browser finishes the seek that is under way, with its picture. */
function finishSeek(): void {
  const seconds = media.seek.mock.lastCall?.[0] as number;
  clock.presented(seconds);
  clock.seeked();
}

describe("stepping", () => {
  test("a step seeks to the middle of the next frame", () => {
    clock.step(1);
    expect(media.seek).toHaveBeenCalledExactlyOnceWith(0.15000000000000002);
    finishSeek();
    expect(clock.current().frame).toBe(1);
  });

  test("steps faster than the decoder are coalesced and the last wins", () => {
    for (let presses = 0; presses < 5; presses += 1) clock.step(1);
    expect(media.seek).toHaveBeenCalledTimes(1);
    finishSeek();
    expect(media.seek).toHaveBeenCalledTimes(2);
    finishSeek();
    expect(clock.current().frame).toBe(5);
    expect(media.seek).toHaveBeenCalledTimes(2);
  });

  test("steps back and forth end where they add up to", () => {
    clock.step(5);
    clock.step(-2);
    clock.step(1);
    finishSeek();
    finishSeek();
    expect(clock.current().frame).toBe(4);
  });

  test("a step stops at either end of the clip", () => {
    clock.step(-3);
    finishSeek();
    expect(clock.current().frame).toBe(0);
    clock.step(99);
    finishSeek();
    expect(clock.current().frame).toBe(9);
  });

  test("a step pauses a playing video", () => {
    clock.play();
    clock.step(1);
    expect(clock.current().isPlaying).toBe(false);
    expect(media.pause).toHaveBeenCalledOnce();
  });

  test("a seek that changes no picture is finished all the same", () => {
    clock.seek(0);
    clock.seeked();
    clock.step(1);
    expect(media.seek).toHaveBeenCalledTimes(2);
  });

  test("half a second goes by the clip's own times", () => {
    clock.skip(0.5);
    finishSeek();
    expect(clock.current().frame).toBe(5);
  });
});

describe("the number on screen", () => {
  test("comes from the frame that was presented", () => {
    clock.seek(4);
    show(3);
    clock.seeked();
    expect(clock.current().frame).toBe(3);
    show(4);
    expect(clock.current().frame).toBe(4);
  });

  test("is the one that was sought where the browser cannot name any", () => {
    media.namesFrames = false;
    clock.seek(4);
    expect(clock.current().frame).toBe(0);
    clock.seeked();
    expect(clock.current().frame).toBe(4);
  });

  test("steps count from what was sought until its picture has come", () => {
    clock.seek(4);
    clock.seeked();
    clock.step(1);
    expect(media.seek).toHaveBeenLastCalledWith(table.seekTime(5));
    finishSeek();
    expect(clock.current().frame).toBe(5);
  });

  test("is sought anew in a video that comes in place of a seeking one", () => {
    clock.seek(4);
    clock.seek(6);
    clock.loaded();
    expect(media.seek).toHaveBeenLastCalledWith(table.seekTime(6));
    finishSeek();
    expect(media.seek).toHaveBeenCalledTimes(2);
    expect(clock.current().frame).toBe(6);
  });

  test("listeners hear of changes only", () => {
    const listener = vi.fn();
    const stop = clock.subscribe(listener);
    show(2);
    show(2);
    expect(listener).toHaveBeenCalledOnce();
    stop();
    show(3);
    expect(listener).toHaveBeenCalledOnce();
  });
});

describe("playing", () => {
  test("loops the whole clip by default", () => {
    clock.play();
    show(9);
    expect(media.seek).toHaveBeenLastCalledWith(table.seekTime(0));
    expect(clock.current().isPlaying).toBe(true);
  });

  test("goes on from the start when the video ends by itself", () => {
    clock.play();
    clock.ended();
    expect(media.seek).toHaveBeenLastCalledWith(table.seekTime(0));
    expect(media.play).toHaveBeenCalledTimes(2);
  });

  test("loops a range from its first frame", () => {
    clock.setRange([3, 6]);
    show(3);
    clock.play();
    show(4);
    expect(media.seek).not.toHaveBeenCalled();
    show(5);
    expect(media.seek).toHaveBeenCalledExactlyOnceWith(table.seekTime(3));
  });

  test("an old picture during the seek back does not seek again", () => {
    clock.setRange([3, 6]);
    show(3);
    clock.play();
    show(5);
    show(5);
    expect(media.seek).toHaveBeenCalledOnce();
    finishSeek();
    expect(clock.current().frame).toBe(3);
  });

  test("without a loop it parks on the last frame, and starts over when played again", () => {
    clock.setLooping(false);
    clock.play();
    show(9);
    expect(clock.current().isPlaying).toBe(false);
    expect(media.seek).toHaveBeenLastCalledWith(table.seekTime(9));
    finishSeek();
    clock.play();
    expect(media.seek).toHaveBeenLastCalledWith(table.seekTime(0));
  });

  test("playing from outside the range begins at its start", () => {
    clock.setRange([4, 8]);
    clock.play();
    expect(media.seek).toHaveBeenLastCalledWith(table.seekTime(4));
  });

  test("a sentence plays once and parks on its last frame, even when looping is on", () => {
    clock.playOnce([2, 5]);
    finishSeek();
    show(3);
    show(4);
    expect(clock.current().isPlaying).toBe(false);
    finishSeek();
    expect(clock.current().frame).toBe(4);
  });

  test("the second press goes on from the sentence's start as a loop", () => {
    clock.playOnce([2, 5]);
    finishSeek();
    show(4);
    finishSeek();
    clock.toggle();
    finishSeek();
    show(4);
    expect(clock.current().isPlaying).toBe(true);
  });

  test("toggle pauses and does not move", () => {
    clock.toggle();
    show(4);
    clock.toggle();
    expect(clock.current()).toMatchObject({ isPlaying: false, frame: 4 });
    expect(media.seek).not.toHaveBeenCalled();
  });

  test("a browser that pauses by itself is believed", () => {
    clock.play();
    clock.played(false);
    expect(clock.current().isPlaying).toBe(false);
  });
});

describe("ranges", () => {
  test("start and end are set at the frame on screen, half-open", () => {
    show(2);
    clock.setRangeStart();
    show(5);
    clock.setRangeEnd();
    expect(clock.current()).toMatchObject({ range: [2, 6], hasRange: true });
    clock.clearRange();
    expect(clock.current()).toMatchObject({ range: [0, 10], hasRange: false });
  });

  test("a start behind the end, or an end before the start, opens the other edge", () => {
    clock.setRange([1, 3]);
    show(7);
    clock.setRangeStart();
    expect(clock.current().range).toEqual([7, 10]);
    show(2);
    clock.setRangeEnd();
    expect(clock.current().range).toEqual([0, 3]);
  });
});

describe("rates", () => {
  test("go up and down the list and stop at its ends", () => {
    clock.changeRate(-1);
    expect(clock.current().rate).toBe(0.75);
    for (let presses = 0; presses < 9; presses += 1) clock.changeRate(-1);
    expect(clock.current().rate).toBe(0.1);
    for (let presses = 0; presses < 9; presses += 1) clock.changeRate(1);
    expect(clock.current().rate).toBe(2);
    expect(media.setRate).toHaveBeenLastCalledWith(2);
  });
});
