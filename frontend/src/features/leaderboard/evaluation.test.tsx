import { screen, within } from "@testing-library/react";
import { http, HttpResponse } from "msw";
import { beforeEach, expect, test } from "vitest";

import { CLIP } from "@/testing/clips";
import { CHANCE, EVALUATED_CLIP, EVALUATION, serveLeaderboard } from "@/testing/evaluations";
import { openApp } from "@/testing/render";
import { server } from "@/testing/server";
import { partnersOf } from "./eventStates";

let asked: URL[] = [];

beforeEach(() => {
  asked = [];
  serveLeaderboard();
  server.use(
    http.get("/api/v1/evaluations/own", () => HttpResponse.json(EVALUATION)),
    http.get("/api/v1/dataset-versions/v1", () =>
      HttpResponse.json({ uid: "v1", project_id: 3, number: 1 }),
    ),
    http.get("/api/v1/evaluations/own/clips", ({ request }) => {
      asked.push(new URL(request.url));
      const clip = { value: 0.3, other_value: null, difference: 0.3 };
      return HttpResponse.json({
        results: [
          { clip_id: 8, clip_name: "a.mp4", ...clip },
          { clip_id: 9, clip_name: "b.mp4", ...clip },
        ],
        next: null,
        previous: null,
      });
    }),
    http.get("/api/v1/evaluations/own/clips/:clip", ({ params }) =>
      HttpResponse.json({ ...EVALUATED_CLIP, clip_id: Number(params.clip) }),
    ),
    http.get("/api/v1/clips/:clip", () => HttpResponse.json(CLIP)),
    http.get(CLIP.timestamps_url, () =>
      HttpResponse.json({
        time_base: [1, 2],
        pts: [0, 1, 2],
        seconds: [0, 0.5, 1],
        duration_s: 1.5,
      }),
    ),
  );
});

test("events say their state in words and with whom they are tied", async () => {
  openApp("/evaluations/own");
  const told = await screen.findByRole("region", { name: "Events of Reference" });
  expect(
    within(told)
      .getAllByRole("listitem")
      .map((item) => item.textContent),
  ).toEqual(["1 his brows rise− missed ", "2 he smiles✓ matched with 1"]);
  const written = screen.getByRole("region", { name: "Events of Rules on measured signals" });
  expect(within(written).getAllByRole("listitem")[1]).toHaveTextContent("+ invented");
  expect(screen.getByText("His brows rise. Then he smiles and blinks.")).toBeVisible();
  expect(await screen.findByRole("region", { name: "Video" })).toBeVisible();
});

test("ties are told from both sides", () => {
  const alignment = EVALUATED_CLIP.sides[0]?.alignment;
  if (!alignment) throw new Error("The clip has no alignment.");
  expect(partnersOf(alignment, "reference", 1)).toEqual([1]);
  expect(partnersOf(alignment, "prediction", 0)).toEqual([2]);
  expect(partnersOf(alignment, "prediction", 1)).toEqual([]);
});

test("clips are ordered against another row, and one is opened, in the address", async () => {
  const { person, router } = openApp("/evaluations/own");
  await person.click(await screen.findByRole("combobox", { name: "Compare with" }));
  await person.click(await screen.findByRole("option", { name: CHANCE.name }));
  expect(router.state.location.search).toEqual({ against: "chance" });
  await person.click(await screen.findByRole("button", { name: /^b\.mp4/ }));
  expect(router.state.location.search).toMatchObject({ clip: 9 });
  expect(asked.at(-1)?.searchParams.get("against")).toBe("chance");
});

test("slices are small plots with their counts", async () => {
  openApp("/evaluations/own");
  const emotions = await screen.findByRole("region", { name: "Emotion" });
  const [fear] = within(emotions).getAllByRole("listitem");
  expect(fear).toHaveTextContent("fear 3 clips0.200 0.150 to 0.250");
});
