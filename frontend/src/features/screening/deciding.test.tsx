import { screen, waitFor, within } from "@testing-library/react";
import { http, HttpResponse } from "msw";
import { expect, test, vi } from "vitest";

import { openApp } from "@/testing/render";
import { finding, screened, serveScreening } from "@/testing/screening";
import { server } from "@/testing/server";

const PATH = "/projects/3/screening";

async function rowOf(name: string): Promise<HTMLElement> {
  const button = await screen.findByRole("button", { name });
  const row = button.closest("tr");
  if (row === null) throw new Error(`${name} stands in no row.`);
  return row;
}

test("each clip stands with its measures beside the bounds, and why it was flagged", async () => {
  serveScreening([screened(1), screened(2, { outcome: "passed", findings: [] })]);
  openApp(PATH);
  const row = await rowOf("take-1");
  expect(within(row).getByText("Flagged")).toBeVisible();
  expect(within(row).getByText("Face too small")).toBeVisible();
  expect(within(row).getByText("3.0 %")).toBeVisible();
  expect(await screen.findByRole("columnheader", { name: "Face ≥ 5.0 %" })).toBeVisible();
  expect(screen.getByRole("columnheader", { name: "Length ≤ 20.0 s" })).toBeVisible();
  const panel = screen.getByRole("region", { name: "Clip take-1" });
  expect(within(panel).getByRole("list", { name: "Why" })).toHaveTextContent(
    "Flags: The main face covers 3.0 % of the picture; at least 5.0 % is wanted.",
  );
});

test("a clip that a rule rejected says which", async () => {
  const findings = [finding("length", 3, "passed"), finding("face", 0, "rejected")];
  serveScreening([screened(1, { stage: "rejected", outcome: "rejected", findings })]);
  openApp(PATH);
  const row = await rowOf("take-1");
  expect(within(row).getByText("Rejected by rule")).toBeVisible();
  expect(within(row).getByText("No face")).toBeVisible();
  expect(screen.getByText("No face was found.")).toBeVisible();
});

test("a clip that could not be measured says why", async () => {
  const job_error = "The video is damaged. Import it again.";
  serveScreening([screened(1, { outcome: "waiting", findings: [], job_state: "dead", job_error })]);
  openApp(PATH);
  expect(within(await rowOf("take-1")).getByText("Could not be measured")).toBeVisible();
  expect(screen.getByText(job_error)).toBeVisible();
});

test("clips are kept by keys from one to the next, and stay where they were", async () => {
  const held = serveScreening([screened(1), screened(2)]);
  const { person } = openApp(PATH);
  await rowOf("take-1");
  await person.keyboard("[KeyK]");
  expect(await within(await rowOf("take-1")).findByText("Kept")).toBeVisible();
  await person.keyboard("[ArrowDown][KeyK]");
  expect(await within(await rowOf("take-2")).findByText("Kept")).toBeVisible();
  expect(held.decided).toEqual(["keep 1", "keep 2"]);
  expect(await rowOf("take-2")).toHaveAttribute("aria-current", "true");
});

test("a key pressed twice decides once, about the same clip", async () => {
  const held = serveScreening([screened(1), screened(2)]);
  const { person } = openApp(PATH);
  await rowOf("take-1");
  await person.keyboard("[KeyK][KeyK]");
  expect(await within(await rowOf("take-1")).findByText("Kept")).toBeVisible();
  await person.keyboard("[KeyK]");
  await person.dblClick(screen.getByRole("button", { name: "Keep" }));
  expect(held.decided).toEqual(["keep 1"]);
});

test("a rejection asks why, with the reason the rules have found", async () => {
  const held = serveScreening([screened(1)]);
  const { person } = openApp(PATH);
  await rowOf("take-1");
  await person.keyboard("[KeyX]");
  const dialog = await screen.findByRole("dialog", { name: "Reject this clip" });
  expect(within(dialog).getByLabelText("Why?")).toHaveValue("bad_picture");
  await person.click(within(dialog).getByRole("button", { name: "Reject the clip" }));
  expect(await within(await rowOf("take-1")).findByText("Rejected")).toBeVisible();
  expect(held.bodies).toEqual([{ reason: "bad_picture", note: "" }]);
});

test("a rejection is taken back, and the clip can be kept then", async () => {
  const held = serveScreening([screened(1)]);
  const { person } = openApp(PATH);
  await rowOf("take-1");
  await person.keyboard("[KeyX]");
  await person.click(await screen.findByRole("button", { name: "Reject the clip" }));
  await waitFor(() => expect(screen.queryByRole("dialog")).not.toBeInTheDocument());
  await person.keyboard("[KeyZ]");
  expect(await within(await rowOf("take-1")).findByText("Restored")).toBeVisible();
  await person.keyboard("[KeyK]");
  expect(await within(await rowOf("take-1")).findByText("Kept")).toBeVisible();
  expect(held.decided).toEqual(["reject 1", "restore 1", "keep 1"]);
});

test("a clip that is open for work already is rejected as every other one", async () => {
  serveScreening([screened(1)]);
  const sent: unknown[] = [];
  server.use(
    http.post("/api/v1/clips/1/reject", async ({ request }) => {
      sent.push(await request.json());
      return HttpResponse.json({});
    }),
  );
  const { person } = openApp(PATH);
  await rowOf("take-1");
  await person.keyboard("[KeyK]");
  await within(await rowOf("take-1")).findByText("Kept");
  await person.keyboard("[KeyX]");
  await person.click(await screen.findByRole("button", { name: "Reject the clip" }));
  expect(await within(await rowOf("take-1")).findByText("Rejected")).toBeVisible();
  expect(sent).toEqual([{ reason: "bad_picture", note: "" }]);
});

test("a refusal stays on its row while others go on", async () => {
  const detail = "The clip was withdrawn meanwhile.";
  serveScreening([screened(1), screened(2)]);
  server.use(
    http.post("/api/v1/clips/1/screening/keep", () =>
      HttpResponse.json({ detail }, { status: 409 }),
    ),
  );
  const { person } = openApp(PATH);
  await rowOf("take-1");
  await person.keyboard("[KeyK]");
  expect(await within(await rowOf("take-1")).findByRole("alert")).toHaveTextContent(detail);
  await person.keyboard("[ArrowDown][KeyK]");
  expect(await within(await rowOf("take-2")).findByText("Kept")).toBeVisible();
  const first = within(await rowOf("take-1"));
  expect(first.getByRole("alert")).toHaveTextContent(detail);
  expect(first.getByText("Flagged")).toBeVisible();
});

test("the list goes on page by page, by itself when the keys come near its end", async () => {
  serveScreening([1, 2, 3, 4, 5].map((id) => screened(id)));
  const { person } = openApp(PATH);
  await rowOf("take-2");
  expect(screen.queryByRole("button", { name: "take-3" })).not.toBeInTheDocument();
  await person.keyboard("[ArrowDown]");
  await rowOf("take-4");
  await person.click(screen.getByRole("button", { name: "Load more clips" }));
  await rowOf("take-5");
  expect(await rowOf("take-2")).toHaveAttribute("aria-current", "true");
});

test("a filter shows other clips, and the address keeps it", async () => {
  serveScreening([screened(1), screened(2, { stage: "rejected", decision: "rejected" })]);
  const { person, router } = openApp(PATH);
  await rowOf("take-1");
  await person.selectOptions(screen.getByLabelText("Show"), "Rejected in the screening");
  await rowOf("take-2");
  expect(screen.queryByRole("button", { name: "take-1" })).not.toBeInTheDocument();
  expect(router.state.location.search).toMatchObject({ show: "rejected" });
});

test("the selected clip plays by Space, and every key stands on the sheet", async () => {
  serveScreening([screened(1), screened(2)]);
  const { person } = openApp(PATH);
  await person.click(await screen.findByRole("button", { name: "take-2" }));
  const panel = await screen.findByRole("region", { name: "Clip take-2" });
  await within(panel).findByRole("slider", { name: "Frame" });
  const play = vi.spyOn(HTMLMediaElement.prototype, "play");
  await person.keyboard("[Space]");
  expect(play).toHaveBeenCalledOnce();
  await person.keyboard("{Shift>}[Slash]{/Shift}");
  const sheet = await screen.findByRole("dialog", { name: "Keyboard shortcuts" });
  for (const name of ["Keep the clip", "Reject with a reason", "Next clip", "Play or pause"]) {
    expect(within(sheet).getByRole("rowheader", { name })).toBeVisible();
  }
});

test("ML staff look, and decide nothing", async () => {
  const held = serveScreening([screened(1), screened(2)], "ml");
  const { person } = openApp(PATH);
  await rowOf("take-1");
  await person.keyboard("[KeyK][ArrowDown]");
  expect(await rowOf("take-2")).toHaveAttribute("aria-current", "true");
  expect(screen.queryByRole("button", { name: "Keep" })).not.toBeInTheDocument();
  expect(held.decided).toEqual([]);
});

test("annotators are told whose page this is", async () => {
  serveScreening([], "annotator");
  openApp(PATH);
  expect(await screen.findByText(/leads and ML staff/)).toBeVisible();
});

test("nothing to decide: the page says where clips come from", async () => {
  serveScreening([]);
  openApp(PATH);
  expect(await screen.findByText("There are no clips here")).toBeVisible();
});
