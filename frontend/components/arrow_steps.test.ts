import { expect, test } from "vitest";
import { stopAfterKey } from "./arrow_steps.ts";

test("arrows lead to the neighbours and stay at the ends", () => {
  expect(["ArrowDown", "ArrowUp"].map((key) => stopAfterKey(key, 1, 3))).toEqual([2, 0]);
  expect([stopAfterKey("ArrowDown", 2, 3), stopAfterKey("ArrowUp", 0, 3)]).toEqual([2, 0]);
});

test("home and end lead to the ends", () => {
  expect(["Home", "End"].map((key) => stopAfterKey(key, 1, 3))).toEqual([0, 2]);
});

test("other keys, and keys that come from elsewhere, mean nothing", () => {
  expect([stopAfterKey("a", 1, 3), stopAfterKey("ArrowDown", -1, 3), stopAfterKey("End", 0, 0)]).toEqual([-1, -1, -1]);
});
