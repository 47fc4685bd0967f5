import { afterEach, beforeEach, expect, test, vi } from "vitest";

import { ANSWER_MS, LET_GO_MS, type TabChannel, TabTakeover } from "./tabTakeover";

/** Channels that hear each other, as tabs of one browser do. */
function tabs() {
  const open = new Set<TabChannel>();
  return (): TabChannel => {
    const channel: TabChannel = {
      onmessage: null,
      postMessage: (data) => {
        for (const other of open) {
          if (other !== channel) other.onmessage?.(new MessageEvent("message", { data }));
        }
      },
      close: () => open.delete(channel),
    };
    open.add(channel);
    return channel;
  };
}

function openIn(openTab: () => TabChannel): TabTakeover {
  const tab = new TabTakeover(openTab);
  tab.open();
  return tab;
}

beforeEach(() => vi.useFakeTimers());
afterEach(() => vi.useRealTimers());

test("the only tab writes, after asking", () => {
  const tab = openIn(tabs());
  expect(tab.current()).toBe("asking");
  vi.advanceTimersByTime(ANSWER_MS);
  expect(tab.current()).toBe("here");
});

test("a second tab reads until the first one has let go, then the first one reads", async () => {
  const openTab = tabs();
  const first = openIn(openTab);
  vi.advanceTimersByTime(ANSWER_MS);
  const heard = vi.fn();
  first.subscribe(heard);
  const second = openIn(openTab);
  expect(second.current()).toBe("elsewhere");
  vi.advanceTimersByTime(ANSWER_MS);
  expect(second.current()).toBe("elsewhere");
  expect(heard).not.toHaveBeenCalled();
  const taken = second.takeOver();
  expect(first.current()).toBe("elsewhere");
  expect(second.current()).toBe("elsewhere");
  first.letGo();
  await taken;
  expect(second.current()).toBe("here");
  expect(heard).toHaveBeenCalledOnce();
});

test("a frozen tab is not waited for without end", async () => {
  const openTab = tabs();
  openIn(openTab);
  vi.advanceTimersByTime(ANSWER_MS);
  const second = openIn(openTab);
  const taken = second.takeOver();
  vi.advanceTimersByTime(LET_GO_MS);
  await taken;
  expect(second.current()).toBe("here");
});

test("a closed tab no longer answers", () => {
  const openTab = tabs();
  const first = openIn(openTab);
  vi.advanceTimersByTime(ANSWER_MS);
  first.close();
  const second = openIn(openTab);
  vi.advanceTimersByTime(ANSWER_MS);
  expect(second.current()).toBe("here");
});
