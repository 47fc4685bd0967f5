import { screen } from "@testing-library/react";
import axe from "axe-core";
import { http, HttpResponse } from "msw";
import { expect, test } from "vitest";

import { makeAssignment, REASONS, serveAssignment } from "@/testing/assignments";
import { openApp, signedInAs } from "@/testing/render";
import { server } from "@/testing/server";

/** jsdom draws nothing, so contrast is measured in a real browser only. */
async function expectNoFindings(): Promise<void> {
  const { violations } = await axe.run(document.body, {
    runOnly: ["wcag2a", "wcag2aa", "wcag21aa", "wcag22aa"],
    rules: { "color-contrast": { enabled: false } },
  });
  expect(violations.map(({ id, nodes }) => [id, nodes.map(({ html }) => html)])).toEqual([]);
}

test("the sign-in page has no accessibility findings", async () => {
  server.use(http.get("/api/v1/users/me", () => HttpResponse.json({}, { status: 401 })));
  openApp("/sign-in");
  await screen.findByRole("button", { name: "Sign in" });
  await expectNoFindings();
});

test("the queue has no accessibility findings", async () => {
  signedInAs();
  server.use(
    http.get("/api/v1/projects/3/queue", () =>
      HttpResponse.json({
        annotator: { mine: [], available: 0, reasons: REASONS },
        today: { submitted: 0 },
      }),
    ),
  );
  openApp("/projects/3/queue");
  await screen.findByRole("heading", { name: "Annotate" });
  await expectNoFindings();
});

test("the workspace has no accessibility findings, with and without a dialog", async () => {
  const assignment = makeAssignment();
  serveAssignment(assignment);
  const { person } = openApp(`/assignments/${assignment.id}`);
  await person.click(await screen.findByRole("button", { name: "Write the summary" }));
  await expectNoFindings();
  await person.click(screen.getByRole("button", { name: "Skip…" }));
  await screen.findByRole("dialog", { name: "Skip this clip" });
  await expectNoFindings();
});
