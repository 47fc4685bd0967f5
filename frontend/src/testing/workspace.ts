import { screen } from "@testing-library/react";
import type { UserEvent } from "@testing-library/user-event";
import { expect } from "vitest";

import { makeAssignment, serveAssignment } from "@/testing/assignments";
import { openApp } from "@/testing/render";

/** Opens an assignment and waits for its text. */
export async function openWorkspace(assignment = makeAssignment()) {
  const held = serveAssignment(assignment);
  const app = openApp(`/assignments/${assignment.id}`);
  await screen.findByRole("heading", { name: "Facial changes", level: 2 });
  return { ...app, held, id: assignment.id };
}

export function change(number: number): HTMLElement {
  return screen.getByRole("textbox", { name: `Facial change ${number}` });
}

export async function isSaved(): Promise<void> {
  expect(await screen.findByText(/^Saved at/)).toBeVisible();
}

/** Does not wait for the pause that saving by itself waits for. */
export async function saveNow(person: UserEvent): Promise<void> {
  await person.keyboard("{Control>}[KeyS]{/Control}");
  await isSaved();
}
