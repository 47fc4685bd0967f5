/** The vectors that ml/signals passes too: tests/ml/test_signals_claims.py. */
import checks from "@vectors/claim_checks.json";
import claims from "@vectors/claims.json";
import { expect, it } from "vitest";

import type { Phase } from "./captionDocument";
import { checkedRange, checkSentence } from "./claimCheck";
import { findClaims } from "./claims";
import type { FrameRange } from "./frameTable";

it.each(claims)("finds what is claimed: $text", ({ text, claims: expected }) => {
  const found = findClaims(text).map(({ movement, direction, isDenied, words }) => [
    movement,
    direction,
    isDenied,
    words,
  ]);
  expect(found).toEqual(expected);
});

const FACES = { ...checks.record, frameCount: checks.record.frame_count };

it.each(checks.checks)(
  "holds it against the curves: $text $frames $phase",
  ({ text, frames, phase, findings }) => {
    // JSON modules widen their types; the Python side has checked these values.
    const range = checkedRange(
      frames as FrameRange | null,
      phase as Phase | null,
      FACES.frameCount,
    );
    const found = checkSentence(text, FACES, range).map(({ verdict, signal, track }) => [
      verdict,
      signal,
      track,
    ]);
    expect(found).toEqual(findings);
  },
);

it.each(checks.ranges)("$phase of $frame_count frames", ({ phase, frame_count, range }) => {
  expect(checkedRange(null, phase as Phase | null, frame_count)).toEqual(range);
});
