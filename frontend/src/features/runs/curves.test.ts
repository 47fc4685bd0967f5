import { expect, test } from "vitest";

import { curveOf, pointAt, scaleOf } from "./curves";
import { differences, flatten, unflatten } from "./recipeValues";
import { sayAge } from "./runLabels";
import { secondsLeft } from "./timeLeft";

test("a measure is read where it was taken, and nothing that is no number", () => {
  const points = [
    { step: 1, loss: 2 },
    { step: 2, validation_loss: 1 },
    { step: 3, loss: null },
  ];
  expect(curveOf(points, "loss")).toEqual([{ step: 1, value: 2 }]);
  expect(pointAt(curveOf(points, "loss"), 0)).toBeUndefined();
});

test("a plain scale begins at nothing unless that squeezes the curve", () => {
  expect(scaleOf([0.5, 2], false).place(0)).toBe(0);
  expect(scaleOf([9, 10], false).place(9)).toBe(0);
  expect(scaleOf([0.546, 0.547], false).ticks[0]).toBe(0);
  expect(scaleOf([-1, 1], false).place(0)).toBe(0.5);
});

test("the lines of a plain scale are at round numbers", () => {
  expect(scaleOf([0.61, 2.95], false).ticks).toEqual([0, 1, 2, 3]);
  expect(scaleOf([0, 190], false).ticks).toEqual([0, 50, 100, 150, 200]);
  expect(scaleOf([0, 0], false).ticks.length).toBeGreaterThan(1);
});

test("a logarithmic scale halves each power of ten alike, and gives way to zeros", () => {
  const scale = scaleOf([0.01, 1], true);
  expect(scale.place(0.1)).toBeCloseTo(0.5);
  expect(scale.ticks[0]).toBeCloseTo(0.01);
  expect(scaleOf([0, 1], true).place(0.5)).toBe(0.5);
});

test("a recipe survives being flat, and differences name the whole path", () => {
  const recipe = { base: "mini", train: { epochs: 3, targets: ["a"] }, max_steps: null };
  expect(unflatten(flatten(recipe))).toEqual(recipe);
  const other = { ...flatten(recipe), "train.epochs": 4 };
  expect(differences(flatten(recipe), other)).toEqual([
    { field: "train.epochs", before: 3, after: 4 },
  ]);
});

test("the time left is told by the pace so far, once there is one", () => {
  const began = "2026-05-01T10:00:00Z";
  const now = Date.parse("2026-05-01T10:01:00Z");
  expect(secondsLeft({ step: 3, steps: 12, started_at: began }, now)).toBe(180);
  expect(secondsLeft({ step: 0, steps: 12, started_at: began }, now)).toBeNull();
  expect(sayAge(began, now)).toBe("60 s ago");
});
