import { screen, within } from "@testing-library/react";
import { http, HttpResponse } from "msw";
import { expect, test } from "vitest";

import { server } from "@/testing/server";
import { change, openWorkspace } from "@/testing/workspace";

const TRACK = {
  number: 1,
  is_main: true,
  at: [0, 1, 2],
  boxes: [
    [100, 100, 600, 600],
    [100, 100, 600, 600],
    [100, 100, 600, 600],
  ],
  tracklets: [[0, 3]],
  mean_area: 0.2,
};
const SIGNALS = {
  track: 1,
  at: [0, 1, 2],
  values: {
    smile: [0, 0, 900],
    blink_left: [0, 0, 0],
    blink_right: [0, 0, 0],
    mouthSmileLeft: [0, 900, 900],
  },
  baselines: { smile: 0, blink_left: 0, blink_right: 0 },
  events: [],
};

function serveFaces() {
  server.use(
    http.get("/api/v1/clips/:clip/tracks", () =>
      HttpResponse.json({
        width: 640,
        height: 360,
        frame_count: 3,
        frames: [0, 1, 2],
        cuts: [],
        tracks: [TRACK],
        selection: { explanation: "One face." },
        is_outdated: false,
      }),
    ),
    http.get("/api/v1/clips/:clip/signals", ({ request }) => {
      expect(new URL(request.url).searchParams.get("blendshapes")).toBe("true");
      return HttpResponse.json({ frames: [0, 1, 2], signals: [SIGNALS] });
    }),
  );
}

test("what was measured of a sentence follows its words while they are typed", async () => {
  serveFaces();
  const { person } = await openWorkspace();
  await screen.findByRole("group", { name: "Curves of face 1" });
  const row = screen.getByRole("listitem", { name: "Facial change 1" });
  await person.type(change(1), " He smiles.");
  expect(
    await within(row).findByRole("button", { name: "Lip corners up: not seen" }),
  ).toBeVisible();
});

test("a draft's sentences say so too, and a chip shows its curve and plays its frames", async () => {
  serveFaces();
  const { person } = await openWorkspace();
  const draft = screen.getByRole("region", { name: "Draft X" });
  expect(await within(draft).findByRole("button", { name: "Blink: not seen" })).toBeVisible();
  await person.type(change(1), " He smiles on the left.");
  await person.click(await screen.findByRole("button", { name: "Lip corners up, left: seen" }));
  expect(screen.getByRole("checkbox", { name: /Left lip corner up/ })).toBeChecked();
  expect(screen.getByRole("checkbox", { name: /^Lip corners up/ })).not.toBeChecked();
  expect(screen.getByRole("button", { name: "Clear the range" })).toBeVisible();
});
