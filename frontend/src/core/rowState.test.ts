import { describe, expect, test } from "vitest";

import type { Sentence } from "./captionDocument";
import { viewRow } from "./rowState";

function says(text: string, inferred = ""): Sentence {
  const start = text.indexOf(inferred);
  const inferences = inferred === "" ? [] : [{ start, end: start + inferred.length }];
  return { id: text, text, inferences };
}

const SMILE = says("She smiles.");

describe("how far a row agrees", () => {
  test.each([
    ["all agree", [SMILE, says("She is smiling."), SMILE], "agree", 3],
    ["two say it, the third nothing", [SMILE, SMILE, null], "some", 2],
    ["two say it, the third other words", [SMILE, SMILE, says("A grimace forms.")], "some", 2],
    ["one says it", [null, SMILE, null], "one", 1],
    ["the only annotation says it", [SMILE], "agree", 1],
    [
      "opposite sides",
      [says("The left eye closes."), says("The right eye closes.")],
      "conflict",
      2,
    ],
    ["opposite directions", [says("The brows rise."), says("The brows lower.")], "conflict", 2],
    ["all say other words", [SMILE, says("He blinks."), says("A nod.")], "differ", 1],
    [
      "one marks as inference what the others saw",
      [says("She seems sad."), says("She seems sad.", "seems sad"), says("She seems sad.")],
      "inference",
      3,
    ],
    ["nobody but a draft", [null, null, null], "draft", 0],
  ] as const)("%s", (_case, cells, state, agreeing) => {
    expect(viewRow(cells)).toEqual({ state, agreeing });
  });

  test("both sides in one sentence are no opposite of one of them", () => {
    const both = says("The left and the right eye close.");
    expect(viewRow([both, says("The left eye closes.")]).state).not.toBe("conflict");
  });

  test("scripts without spaces are compared by character", () => {
    expect(viewRow([says("她笑了。"), says("她笑了！")]).state).toBe("agree");
  });
});
