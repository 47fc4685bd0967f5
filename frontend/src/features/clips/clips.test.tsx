import { screen, within } from "@testing-library/react";
import { http, HttpResponse } from "msw";
import { expect, test } from "vitest";

import type { Clip } from "@/api/types";
import { CLIP } from "@/testing/clips";
import { serveRows, signedInWith } from "@/testing/people";
import { openApp } from "@/testing/render";
import { server } from "@/testing/server";

/** Serves the clips and keeps the query of every request. */
function serveClips(...pages: Clip[][]): URLSearchParams[] {
  signedInWith("lead");
  serveRows("/api/v1/projects/3/sources", [{ id: 4, name: "Own recordings" }]);
  const asked: URLSearchParams[] = [];
  server.use(
    http.get("/api/v1/projects/3/clips", ({ request }) => {
      const query = new URL(request.url).searchParams;
      asked.push(query);
      const page = Number(query.get("cursor") ?? 0);
      const isLast = page >= pages.length - 1;
      return HttpResponse.json({
        results: pages[page] ?? [],
        next: isLast ? null : `http://server/api/v1/projects/3/clips?cursor=${page + 1}`,
        previous: null,
      });
    }),
  );
  return asked;
}

test("a row shows stage, annotations, source and picture of its clip", async () => {
  serveClips([CLIP]);
  openApp("/projects/3/clips");
  const table = await screen.findByRole("table", { name: "Clips of this project" });
  expect(within(table).getByRole("link", { name: "smile-09" })).toHaveAttribute("href", "/clips/9");
  expect(within(table).getByText("Annotating")).toBeVisible();
  expect(within(table).getByText("1 of 3")).toBeVisible();
  expect(table.querySelector("img")).toHaveAttribute("src", CLIP.poster_url);
});

test("the filters are in the address and go to the server", async () => {
  const asked = serveClips([CLIP]);
  const { person, router } = openApp("/projects/3/clips?stage=annotating&source=4&colour=red");
  await screen.findByRole("link", { name: "smile-09" });
  expect(Object.fromEntries(asked[0] ?? [])).toEqual({ stage: "annotating", source: "4" });
  await person.type(screen.getByLabelText("Name"), "smile");
  await expect.poll(() => router.state.location.search).toMatchObject({ search: "smile" });
  await expect.poll(() => asked.at(-1)?.get("search")).toBe("smile");
  await person.selectOptions(screen.getByLabelText("Stage"), "Every stage");
  await expect.poll(() => asked.at(-1)?.has("stage")).toBe(false);
});

test("more clips are loaded behind the first ones", async () => {
  serveClips([CLIP], [{ ...CLIP, id: 10, name: "frown-10" }]);
  const { person } = openApp("/projects/3/clips");
  await person.click(await screen.findByRole("button", { name: "Load more clips" }));
  expect(await screen.findByRole("link", { name: "frown-10" })).toBeVisible();
  expect(screen.getByRole("link", { name: "smile-09" })).toBeVisible();
  expect(screen.queryByRole("button", { name: "Load more clips" })).not.toBeInTheDocument();
});

test.each([
  ["/projects/3/clips", "There are no clips yet"],
  ["/projects/3/clips?emotion=happy", "No clip fits these filters"],
])("an empty list at %s says what to do", async (path, title) => {
  serveClips([]);
  openApp(path);
  expect(await screen.findByText(title)).toBeVisible();
});
