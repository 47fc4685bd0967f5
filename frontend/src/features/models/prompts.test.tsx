import { screen, within } from "@testing-library/react";
import { http, HttpResponse } from "msw";
import { expect, test } from "vitest";

import type { Job } from "@/api/jobs";
import type { Preview } from "@/api/prompts";
import { CLIP } from "@/testing/clips";
import { PROMPT, RULES, serveModels } from "@/testing/models";
import { serveChange, serveRows } from "@/testing/people";
import { openApp } from "@/testing/render";
import { server } from "@/testing/server";

const NEXT = {
  ...PROMPT,
  uid: "p2",
  number: 2,
  instructions: "Describe the face closely.",
  note: "More of the eyes",
};

const PATH = "/projects/3/models?part=prompts";

function job(uid: string, state: Job["state"]): Job {
  return {
    uid,
    kind: "annotation.io_tasks.preview_prompt",
    state,
    progress: { done: 0, total: 1, message: "The model looks at the clip." },
    attempts: 1,
    max_attempts: 3,
    error: "",
    created_at: "2026-05-01T10:00:00Z",
    ended_at: null,
    can_cancel: true,
    can_retry: false,
  };
}

function answered(uid: string, text: string): Preview {
  const sentence = { id: "s1", text, inferences: [] };
  return {
    job: job(uid, "done"),
    result: {
      document: { schema: 1, external_attributes: [sentence], facial_changes: [], summary: null },
      failure: "",
      reason: "",
      input_tokens: 20_000,
      output_tokens: 310,
      seconds: 4.21,
    },
  };
}

function serveTwoPrompts(): void {
  serveModels();
  serveRows("/api/v1/projects/3/prompts", [NEXT, PROMPT]);
  serveRows("/api/v1/projects/3/clips", [CLIP]);
}

/** Prompt `p1` is tried by job `j1`, and so on. */
function servePreviews(previews: Readonly<Record<string, Preview>>): { asked: unknown[] } {
  const kept: { asked: unknown[] } = { asked: [] };
  server.use(
    http.post("/api/v1/projects/3/prompts/:prompt/preview", async ({ params, request }) => {
      kept.asked.push([params.prompt, await request.json()]);
      const uid = String(params.prompt).replace("p", "j");
      return HttpResponse.json({ job: job(uid, "queued") }, { status: 202 });
    }),
    http.get("/api/v1/previews/:job", ({ params }) =>
      HttpResponse.json(previews[String(params.job)]),
    ),
  );
  return kept;
}

test("a version shows what it changed, and a first one what it says", async () => {
  serveTwoPrompts();
  const { person } = openApp(PATH);
  await person.click(await screen.findByText("Faces, version 2", { selector: "strong" }));
  expect(screen.getByText("More of the eyes")).toBeVisible();
  expect(screen.getByText("closely", { selector: "ins", exact: false })).toBeVisible();
  await person.click(screen.getByText("Faces, version 1", { selector: "strong" }));
  expect(screen.getByText("Describe the face.")).toBeVisible();
});

test("a prompt is edited into its next version, with the changes in sight", async () => {
  serveTwoPrompts();
  const written = serveChange("post", "/api/v1/projects/3/prompts", NEXT, 201);
  const { person } = openApp(PATH);
  await person.click(await screen.findByText("Faces, version 1", { selector: "strong" }));
  await person.click(
    screen.getByRole("button", { name: "Edit into a new version: Faces, version 1" }),
  );
  const dialog = await screen.findByRole("dialog", { name: "Next version of Faces" });
  await person.type(within(dialog).getByLabelText("Instructions"), " Slowly.");
  const changes = within(dialog).getByRole("region", { name: "Changes to version 1" });
  expect(within(changes).getByText("Slowly.", { selector: "ins", exact: false })).toBeVisible();
  await person.type(within(dialog).getByLabelText("Note"), "Calmer");
  await person.click(within(dialog).getByRole("button", { name: "Save as a new version" }));
  await expect
    .poll(() => written.sent)
    .toEqual([
      {
        name: "Faces",
        instructions: "Describe the face. Slowly.",
        request: "The clip lasts $duration_s seconds.",
        with_face_crops: false,
        example_count: 0,
        note: "Calmer",
      },
    ]);
});

test("what the server refuses stands at its field", async () => {
  serveTwoPrompts();
  const message = "Use only $duration_s, $frame_count, $people, and $$ for a dollar sign.";
  serveChange(
    "post",
    "/api/v1/projects/3/prompts",
    { detail: "No.", errors: [{ field: "request", code: "unknown_placeholder", message }] },
    422,
  );
  const { person } = openApp(PATH);
  await person.click(await screen.findByRole("button", { name: "Write a prompt" }));
  const dialog = await screen.findByRole("dialog", { name: "Write a prompt" });
  await person.type(within(dialog).getByLabelText("Name"), "Eyes");
  await person.type(within(dialog).getByLabelText("Instructions"), "Look.");
  await person.type(within(dialog).getByLabelText("Request with each clip"), "$price");
  await person.click(within(dialog).getByRole("button", { name: "Save as a new version" }));
  expect(await within(dialog).findByLabelText("Request with each clip")).toBeInvalid();
  expect(within(dialog).getByLabelText("Request with each clip")).toHaveValue("$price");
});

test("two versions are tried on one clip and stand side by side with what differs", async () => {
  serveTwoPrompts();
  const { asked } = servePreviews({
    j1: answered("j1", "A man smiles."),
    j2: answered("j2", "A man smiles broadly."),
  });
  const { person } = openApp(PATH);
  await person.click(await screen.findByRole("combobox", { name: "Clip" }));
  await person.click(await screen.findByRole("option", { name: "smile-09" }));
  await person.selectOptions(screen.getByLabelText("Model"), "Large one");
  await person.selectOptions(screen.getByLabelText("Prompt"), "Faces, version 1");
  await person.selectOptions(screen.getByLabelText("Beside it"), "Faces, version 2");
  await person.click(screen.getByRole("button", { name: "Try" }));
  const second = await screen.findByRole("region", { name: "By Faces, version 2" });
  expect(await within(second).findByText("A man smiles broadly.")).toBeVisible();
  expect(within(second).getByText("20000 tokens read, 310 written, 4.2 s")).toBeVisible();
  const differences = screen.getByRole("region", { name: "What the second says differently" });
  expect(within(differences).getByText(/broadly/, { selector: "ins" })).toBeVisible();
  expect(asked).toEqual([
    ["p1", { version: "large", clip: 9 }],
    ["p2", { version: "large", clip: 9 }],
  ]);
});

test("a try that waits shows its job, a failed one its reason", async () => {
  serveTwoPrompts();
  const reason = "The model refuses to describe this clip.";
  servePreviews({
    j1: { job: job("j1", "queued"), result: null },
    j2: {
      job: job("j2", "done"),
      result: {
        document: null,
        failure: "refused",
        reason,
        input_tokens: 10,
        output_tokens: 2,
        seconds: 1,
      },
    },
  });
  const { person } = openApp(PATH);
  await person.click(await screen.findByRole("combobox", { name: "Clip" }));
  await person.click(await screen.findByRole("option", { name: "smile-09" }));
  await person.selectOptions(screen.getByLabelText("Beside it"), "Faces, version 1");
  await person.click(screen.getByRole("button", { name: "Try" }));
  const refused = await screen.findByRole("region", { name: "By Faces, version 2" });
  expect(await within(refused).findByText(reason)).toBeVisible();
  const waiting = screen.getByRole("region", { name: "By Faces, version 1" });
  expect(within(waiting).getByText("Waiting")).toBeVisible();
});

test("without a hosted model there is nothing to try", async () => {
  serveModels(RULES);
  openApp(PATH);
  expect(
    await screen.findByText("Register a hosted model first: prompts are for those only."),
  ).toBeVisible();
});
