import { expect, test } from "vitest";

import type { ClipEvent } from "@/api/clips";
import { eventNote, eventSentence } from "./eventSentences";

function event(kind: string, detail: ClipEvent["detail"] = {}, actor: string | null = "Ada") {
  return { kind, actor_name: actor, at: "2026-05-01T10:00:00Z", detail };
}

test.each([
  ["An annotation was submitted", event("annotation.submitted", {}, null)],
  [
    "A vote to reject it was cast by Ada: Nothing moves in the face",
    event("clip.voted_against", { reason: "static", note: "" }),
  ],
  [
    "Withdrawn by Ada: See file_12 of the archive.",
    event("clip.withdrawn", { reason: "See file_12 of the archive." }),
  ],
  ["Given back by Ada", event("assignment.released", { slot: 2 })],
  ["Slot 2 was freed by Lena", event("assignment.released", { slot: 2, by_lead: true }, "Lena")],
  ["clip not heard of by Ada", event("clip.not_heard_of", {})],
])("what happened is told as: %s", (sentence, told) => {
  expect(eventSentence(told)).toBe(sentence);
});

test("only a note that says something is one", () => {
  expect(eventNote(event("annotation.skipped", { note: "I know her." }))).toBe("I know her.");
  expect(eventNote(event("annotation.skipped", { note: "" }))).toBeNull();
  expect(eventNote(event("annotation.skipped"))).toBeNull();
});
