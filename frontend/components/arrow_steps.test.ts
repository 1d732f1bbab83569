import { expect, test } from "vitest";
import { stopAfterKey, tabAfterKey } from "./arrow_steps.ts";

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

test("arrows lead through tabs round and round", () => {
  expect(["ArrowRight", "ArrowLeft"].map((key) => tabAfterKey(key, 1, 3))).toEqual([2, 0]);
  expect([tabAfterKey("ArrowRight", 2, 3), tabAfterKey("ArrowLeft", 0, 3)]).toEqual([0, 2]);
  expect(["Home", "End", "Tab"].map((key) => tabAfterKey(key, 1, 3))).toEqual([0, 2, -1]);
});
