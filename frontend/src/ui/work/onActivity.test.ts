import { afterEach, beforeEach, expect, test, vi } from "vitest";

import { onActivity } from "./onActivity";

beforeEach(() => vi.useFakeTimers());
afterEach(() => vi.useRealTimers());

test("keys and clicks are told at most once a minute, until it stops", () => {
  const callback = vi.fn();
  const stop = onActivity(callback);
  window.dispatchEvent(new Event("keydown"));
  expect(callback).not.toHaveBeenCalled();
  vi.advanceTimersByTime(60_000);
  expect(callback).not.toHaveBeenCalled();
  window.dispatchEvent(new Event("keydown"));
  window.dispatchEvent(new Event("pointerdown"));
  expect(callback).toHaveBeenCalledOnce();
  vi.advanceTimersByTime(60_000);
  stop();
  window.dispatchEvent(new Event("pointerdown"));
  expect(callback).toHaveBeenCalledOnce();
});
