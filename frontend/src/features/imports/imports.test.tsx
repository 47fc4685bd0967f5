import { fireEvent, screen, waitFor, within } from "@testing-library/react";
import type { UserEvent } from "@testing-library/user-event";
import { http, HttpResponse } from "msw";
import { expect, test } from "vitest";

import type { Import } from "@/api/imports";
import type { Job } from "@/api/jobs";
import { serveChange, serveRows, signedInWith } from "@/testing/people";
import { openApp } from "@/testing/render";
import { server } from "@/testing/server";

const JOB: Job = {
  uid: "j1",
  kind: "annotation.tasks.run_import",
  state: "done",
  progress: { done: 2, total: 2, message: "" },
  attempts: 1,
  max_attempts: 3,
  error: "",
  created_at: "2026-05-01T10:00:00Z",
  ended_at: "2026-05-01T10:01:00Z",
  can_cancel: false,
  can_retry: false,
};

const IMPORT: Import = {
  uid: "i1",
  project_id: 3,
  kind: "upload",
  dry_run: false,
  source: { id: 4, name: "Own recordings" },
  created_at: "2026-05-01T10:00:00Z",
  job: JOB,
  counts: { pending: 0, imported: 1, duplicate: 0, failed: 1 },
  errors: [],
};

const SOURCE = { id: 4, name: "Own recordings", kind: "collected", licence: "CC BY 4.0" };
const OTHER_SOURCE = { id: 5, name: "Films", kind: "existing", licence: "CC0 1.0" };

function serveImportPage(...sources: object[]): void {
  signedInWith("lead");
  serveRows("/api/v1/projects/3/sources", sources);
  serveRows("/api/v1/projects/3/imports", []);
  serveRows("/api/v1/projects/3/import-folders", [{ root: "/srv/clips", entries: ["may"] }]);
  serveImport(IMPORT);
}

function serveImport(held: Import): void {
  server.use(http.get("/api/v1/imports/i1", () => HttpResponse.json(held)));
  serveRows("/api/v1/imports/i1/items", [
    { position: 1, name: "a.mp4", status: "imported", code: "", message: "", clip_id: 9 },
    {
      position: 2,
      name: "b.mp4",
      status: "failed",
      code: "invalid_input",
      message: "The file holds no video.",
      clip_id: null,
    },
  ]);
}

/** Accepts an import and keeps the form that started it. */
function acceptImport(): FormData[] {
  const forms: FormData[] = [];
  server.use(
    http.post("/api/v1/projects/3/imports", async ({ request }) => {
      forms.push(await request.formData());
      return HttpResponse.json({ import: IMPORT, job: JOB }, { status: 202 });
    }),
  );
  return forms;
}

async function chooseSource(person: UserEvent): Promise<void> {
  await person.click(await screen.findByRole("combobox", { name: "Source" }));
  await person.click(await screen.findByRole("option", { name: "Own recordings" }));
}

test("dropped videos are uploaded into the source, and the result opens", async () => {
  serveImportPage(SOURCE, OTHER_SOURCE);
  const forms = acceptImport();
  const { person, router } = openApp("/projects/3/import");
  await chooseSource(person);
  const files = [new File(["aa"], "a.mp4"), new File(["bbb"], "b.mp4"), new File(["c"], "c.mp4")];
  fireEvent.drop(screen.getByText("Drop videos here"), { dataTransfer: { files } });
  const chosen = screen.getByRole("list", { name: "Chosen files" });
  expect(within(chosen).getByText("3 B")).toBeVisible();
  await person.click(screen.getByRole("button", { name: "Leave out c.mp4" }));
  await person.click(screen.getByRole("button", { name: "Upload 2 files" }));
  await expect.poll(() => router.state.location.pathname).toBe("/imports/i1");
  expect(forms[0]?.getAll("files").map((file) => (file as File).size)).toEqual([2, 3]);
  expect(forms[0]?.get("source")).toBe("4");
  expect(forms[0]?.get("kind")).toBe("upload");
});

test("the only source of a project is chosen already", async () => {
  serveImportPage(SOURCE);
  const forms = acceptImport();
  const { person } = openApp("/projects/3/import");
  const source = await screen.findByRole("combobox", { name: "Source" });
  await waitFor(() => expect(source).toHaveValue("Own recordings"));
  await person.upload(screen.getByLabelText("Choose videos", { selector: "input" }), [
    new File(["a"], "a.mp4", { type: "video/mp4" }),
  ]);
  await person.click(screen.getByRole("button", { name: "Upload 1 file" }));
  await expect.poll(() => forms[0]?.get("source")).toBe("4");
});

test("a refused upload keeps the chosen files", async () => {
  serveImportPage(SOURCE, OTHER_SOURCE);
  server.use(
    http.post("/api/v1/projects/3/imports", () =>
      HttpResponse.json({ code: "too_large", detail: "Send less at once." }, { status: 413 }),
    ),
  );
  const { person } = openApp("/projects/3/import");
  await chooseSource(person);
  await person.upload(screen.getByLabelText("Choose videos", { selector: "input" }), [
    new File(["a"], "a.mp4", { type: "video/mp4" }),
  ]);
  await person.click(screen.getByRole("button", { name: "Upload 1 file" }));
  expect(await screen.findByRole("alert")).toHaveTextContent("Send less at once.");
  expect(screen.getByRole("list", { name: "Chosen files" })).toHaveTextContent("a.mp4");
});

test("a folder below an allowed root is imported", async () => {
  serveImportPage(SOURCE, OTHER_SOURCE);
  const started = serveChange("post", "/api/v1/projects/3/imports", { import: IMPORT }, 202);
  const { person, router } = openApp("/projects/3/import");
  await chooseSource(person);
  await person.click(screen.getByRole("tab", { name: "Folder on the server" }));
  await person.click(await screen.findByRole("radio", { name: "/srv/clips/may" }));
  await person.click(screen.getByRole("button", { name: "Import the folder" }));
  await expect.poll(() => router.state.location.pathname).toBe("/imports/i1");
  expect(started.sent).toEqual([{ kind: "folder", source: 4, path: "/srv/clips/may" }]);
});

test("films of a folder are cut into clips", async () => {
  serveImportPage(SOURCE);
  const started = serveChange("post", "/api/v1/projects/3/imports", { import: IMPORT }, 202);
  const { person, router } = openApp("/projects/3/import");
  await person.click(await screen.findByRole("tab", { name: "Folder on the server" }));
  await person.click(await screen.findByRole("radio", { name: "/srv/clips/may" }));
  await person.click(screen.getByRole("checkbox", { name: /These are films/ }));
  await person.click(screen.getByRole("button", { name: "Import the folder" }));
  await expect.poll(() => router.state.location.pathname).toBe("/imports/i1");
  expect(started.sent).toEqual([{ kind: "film", source: 4, path: "/srv/clips/may" }]);
});

test("records are only checked until the person asks for more", async () => {
  serveImportPage(SOURCE, OTHER_SOURCE);
  const forms = acceptImport();
  const { person } = openApp("/projects/3/import");
  await chooseSource(person);
  await person.click(screen.getByRole("tab", { name: "Records" }));
  await person.upload(screen.getByLabelText("Choose a JSONL or JSON file", { selector: "input" }), [
    new File(["{}"], "clips.jsonl", { type: "application/jsonl" }),
  ]);
  await person.click(screen.getByRole("button", { name: "Check the file" }));
  await expect.poll(() => forms.length).toBe(1);
  expect(forms[0]?.get("dry_run")).toBe("true");
  expect(forms[0]?.get("lenient")).toBe("false");
});

test("a new source is made and chosen", async () => {
  serveImportPage(OTHER_SOURCE);
  const { person } = openApp("/projects/3/import");
  await person.click(await screen.findByRole("button", { name: "New source" }));
  const dialog = await screen.findByRole("dialog", { name: "New source" });
  const made = serveChange("post", "/api/v1/projects/3/sources", { ...SOURCE, id: 4 }, 201);
  await person.type(within(dialog).getByLabelText("Name"), "Own recordings");
  await person.type(within(dialog).getByLabelText("Licence"), "CC BY 4.0");
  await person.click(within(dialog).getByRole("radio", { name: "An existing dataset" }));
  serveRows("/api/v1/projects/3/sources", [OTHER_SOURCE, SOURCE]);
  await person.click(within(dialog).getByRole("button", { name: "Make the source" }));
  await expect
    .poll(() => screen.getByRole("combobox", { name: "Source" }))
    .toHaveValue("Own recordings");
  expect(made.sent).toEqual([
    {
      name: "Own recordings",
      kind: "existing",
      licence: "CC BY 4.0",
      url: "",
      external_processing_allowed: false,
    },
  ]);
});

test("the result names each file, and failed ones are tried again", async () => {
  signedInWith("ml");
  serveImport(IMPORT);
  const retried = serveChange("post", "/api/v1/imports/i1/retry", {}, 202);
  const { person } = openApp("/imports/i1");
  const table = await screen.findByRole("table", { name: "Files of this import" });
  expect(within(table).getByRole("link", { name: "a.mp4" })).toHaveAttribute("href", "/clips/9");
  expect(within(table).getByText("The file holds no video.")).toBeVisible();
  await person.click(screen.getByRole("button", { name: "Try the failed ones again" }));
  await expect.poll(() => retried.sent.length).toBe(1);
});

test("an archive needs no source and is only checked at first", async () => {
  serveImportPage();
  const forms = acceptImport();
  const { person } = openApp("/projects/3/import");
  await person.click(await screen.findByRole("tab", { name: "Exported archive" }));
  await person.upload(screen.getByLabelText("Choose an exported archive", { selector: "input" }), [
    new File(["PK"], "version.zip", { type: "application/zip" }),
  ]);
  await person.click(screen.getByRole("button", { name: "Check the archive" }));
  await expect.poll(() => forms.length).toBe(1);
  expect(forms[0]?.get("kind")).toBe("archive");
  expect(forms[0]?.get("dry_run")).toBe("true");
  expect(forms[0]?.get("source")).toBeNull();
});

test("errors of a file of records are listed by line", async () => {
  signedInWith("ml");
  serveImport({
    ...IMPORT,
    kind: "jsonl",
    dry_run: true,
    errors: [
      { line: 12, field: "drafts[0].text", code: "unbalanced", message: "A bracket is open." },
    ],
  });
  openApp("/imports/i1");
  const table = await screen.findByRole("table", { name: "Errors by line" });
  expect(within(table).getByText("12")).toBeVisible();
  expect(within(table).getByText("A bracket is open.")).toBeVisible();
});

test("a checked file without errors says how to go on", async () => {
  signedInWith("ml");
  serveImport({ ...IMPORT, kind: "jsonl", dry_run: true });
  openApp("/imports/i1");
  expect(await screen.findByText(/The file has no errors/)).toBeVisible();
  expect(screen.queryByRole("region", { name: "Files" })).not.toBeInTheDocument();
});

test("annotators are told whose page it is", async () => {
  signedInWith("annotator");
  openApp("/projects/3/import");
  expect(await screen.findByText("This page is for leads and ML staff")).toBeVisible();
});
