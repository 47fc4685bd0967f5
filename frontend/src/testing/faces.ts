import { http, HttpResponse } from "msw";

import { server } from "@/testing/server";

const TRACK = {
  number: 1,
  is_main: true,
  at: [0, 1, 2],
  boxes: Array.from({ length: 3 }, () => [100, 100, 600, 600]),
  tracklets: [[0, 3]],
  mean_area: 0.2,
};
const SIGNALS = {
  track: 1,
  at: [0, 1, 2],
  values: { brow_raise: [0, 800, 0], blink_left: [0, 0, 0], blink_right: [0, 0, 0] },
  baselines: { brow_raise: 0, blink_left: 0, blink_right: 0 },
  events: [],
};

/** Serves every clip with one face whose brows rise in its second frame, or with none. */
export function serveFaces(count: 0 | 1 = 1): void {
  server.use(
    http.get("/api/v1/clips/:clip/tracks", () =>
      HttpResponse.json({
        width: 640,
        height: 360,
        frames: [0, 1, 2],
        cuts: [],
        tracks: count === 0 ? [] : [TRACK],
        selection: { explanation: count === 0 ? "No face was found." : "One face." },
        is_outdated: false,
      }),
    ),
    http.get("/api/v1/clips/:clip/signals", () =>
      HttpResponse.json({ frames: [0, 1, 2], signals: count === 0 ? [] : [SIGNALS] }),
    ),
  );
}
