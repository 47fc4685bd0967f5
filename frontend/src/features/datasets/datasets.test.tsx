import { screen, within } from "@testing-library/react";
import { expect, test, vi } from "vitest";

import { HEDGED, PREVIEW, TEMPLATES, VERSION, serveVersion } from "@/testing/datasets";
import { serveChange, serveRows, signedInWith } from "@/testing/people";
import { openApp } from "@/testing/render";

test("versions and templates are listed", async () => {
  signedInWith("ml");
  serveRows("/api/v1/projects/3/dataset-versions", [VERSION]);
  serveRows("/api/v1/instruction-sets", [TEMPLATES]);
  const { person } = openApp("/projects/3/datasets");
  const link = await screen.findByRole("link", { name: "Version 1" });
  expect(link).toHaveAttribute("href", "/dataset-versions/v1");
  await person.click(await screen.findByText("Faces, version 1: 1 template"));
  expect(screen.getByText("What does the face do?")).toBeVisible();
});

test("a version is previewed with the parts, text and targets chosen, then frozen as shown", async () => {
  serveVersion();
  serveRows("/api/v1/projects/3/dataset-versions", []);
  serveRows("/api/v1/projects/3/sources", []);
  const path = "/api/v1/projects/3/dataset-versions";
  const previewed = serveChange("post", `${path}/preview`, PREVIEW);
  const frozen = serveChange("post", path, VERSION, 201);
  const looked = serveChange("post", `${path}/preview/hedged`, {
    results: [HEDGED],
    next: null,
    previous: null,
  });
  const { person, router } = openApp("/projects/3/datasets");
  expect(await screen.findByText("Nothing is frozen yet")).toBeVisible();
  await person.click(screen.getByRole("button", { name: "Freeze a version" }));
  const dialog = within(await screen.findByRole("dialog", { name: "Freeze a version" }));
  await person.type(dialog.getByLabelText("Note"), "First");
  await person.click(dialog.getByRole("checkbox", { name: "Summary" }));
  await person.click(dialog.getByRole("radio", { name: "Full text" }));
  await person.click(dialog.getByText("Only some of the approved captions"));
  await person.type(dialog.getByLabelText("Emotions", { selector: "input" }), "joy{Enter}");
  await person.selectOptions(dialog.getByLabelText("Unit of the test split"), "clips");
  await person.type(dialog.getByLabelText("For test"), "1");
  await person.click(dialog.getByRole("checkbox", { name: /^Lock the test split/ }));
  await person.click(dialog.getByRole("button", { name: "Preview" }));
  expect(await dialog.findByText("No clip is left to train on.")).toBeVisible();
  expect(dialog.getByText("4 outside the filter")).toBeVisible();
  await person.click(dialog.getByText(/^1 caption still hedges/));
  expect((await dialog.findByText("as if glad")).tagName).toBe("MARK");
  await person.click(dialog.getByRole("button", { name: "Freeze" }));
  await expect.poll(() => router.state.location.pathname).toBe("/dataset-versions/v1");
  const asked = {
    note: "First",
    parts: ["external_attributes", "facial_changes", "summary"],
    rendering: "full",
    filter: { emotions: ["joy"] },
    test_share: 0.2,
    validation_share: 0.06,
    test_clips: 1,
    validation_clips: null,
    locks_test: true,
    leaves_out_hedged: false,
  };
  expect(previewed.sent).toEqual([{ ...asked, seed: null }]);
  expect(looked.sent).toEqual(previewed.sent);
  expect(frozen.sent).toEqual([{ ...asked, seed: 77 }]);
});

test("what changes after the preview is previewed again", async () => {
  signedInWith("lead");
  serveRows("/api/v1/projects/3/dataset-versions", []);
  serveRows("/api/v1/projects/3/sources", []);
  serveRows("/api/v1/instruction-sets", []);
  serveChange("post", "/api/v1/projects/3/dataset-versions/preview", PREVIEW);
  const { person } = openApp("/projects/3/datasets");
  await person.click(await screen.findByRole("button", { name: "Freeze a version" }));
  await person.click(await screen.findByRole("button", { name: "Preview" }));
  await person.type(screen.getByLabelText("Note"), "Words only");
  expect(await screen.findByRole("button", { name: "Freeze" })).toBeVisible();
  await person.click(screen.getByRole("checkbox", { name: /^Leave out captions/ }));
  expect(screen.getByRole("button", { name: "Preview" })).toBeVisible();
});

test("nothing to freeze: the refusal is shown and the answers stay", async () => {
  signedInWith("lead");
  serveRows("/api/v1/projects/3/dataset-versions", []);
  serveRows("/api/v1/projects/3/sources", []);
  serveRows("/api/v1/instruction-sets", []);
  serveChange(
    "post",
    "/api/v1/projects/3/dataset-versions/preview",
    { detail: "Nothing is approved." },
    409,
  );
  const { person } = openApp("/projects/3/datasets");
  await person.click(await screen.findByRole("button", { name: "Freeze a version" }));
  const show = vi.spyOn(Element.prototype, "scrollIntoView");
  await person.click(await screen.findByRole("button", { name: "Preview" }));
  const refusal = await screen.findByRole("alert");
  expect(refusal).toHaveTextContent("Nothing is approved.");
  expect(show.mock.contexts).toContain(refusal.parentElement);
});

test("annotators are told whose page it is", async () => {
  signedInWith("annotator");
  openApp("/projects/3/datasets");
  expect(await screen.findByText("This page is for leads and ML staff")).toBeVisible();
});
