import "@testing-library/jest-dom/vitest";
import "fake-indexeddb/auto";

import { cleanup, configure } from "@testing-library/react";
import { afterAll, afterEach, beforeAll, beforeEach } from "vitest";

import { signInGate } from "@/api/signInGate";
import { lastSubmission } from "@/core/lastSubmission";
import { server } from "@/testing/server";
import { giveVideosATime } from "@/testing/video";

// jsdom has no layout: Mantine asks for these when it draws.
window.matchMedia = (query: string): MediaQueryList =>
  Object.assign(new EventTarget(), {
    matches: false,
    media: query,
    onchange: null,
    addListener: () => undefined,
    removeListener: () => undefined,
  });
window.ResizeObserver = class {
  observe = (): void => undefined;
  unobserve = (): void => undefined;
  disconnect = (): void => undefined;
};
window.scrollTo = () => undefined;
Element.prototype.scrollIntoView = () => undefined;
// The text editor measures where its caret is.
Range.prototype.getClientRects = () => Object.assign([], { item: () => null });
Range.prototype.getBoundingClientRect = () => new DOMRect();
document.elementFromPoint = () => null;
giveVideosATime();

// Autosave waits 800 ms by design, the first test of a file also loads its pages, and the machine
// may be busy: only what hangs takes longer.
configure({ asyncUtilTimeout: 15_000 });

beforeAll(() => server.listen({ onUnhandledRequest: "error" }));
// What a page keeps outside of itself outlives the test, and the files of a worker share it.
beforeEach(() => {
  signInGate.open();
  lastSubmission.set(null);
});
afterEach(() => {
  cleanup();
  server.resetHandlers();
  window.localStorage.clear();
});
afterAll(() => server.close());
