import { expect, test } from "vitest";
import { afterKey, MAX_SCALE, moveBy, turn, WHOLE, zoomBy, zoomIn, zoomOut } from "./zoom.ts";

test("a picture is never smaller than its frame nor larger than the limit", () => {
  expect(zoomOut(WHOLE)).toEqual(WHOLE);
  expect(zoomBy(WHOLE, 100).scale).toBe(MAX_SCALE);
});

test("the point under the pointer stays where it is", () => {
  const at = { x: 0.3, y: -0.2 };
  const view = zoomBy(WHOLE, 2, at);
  expect((at.x - view.x) / view.scale).toBeCloseTo(at.x);
  expect((at.y - view.y) / view.scale).toBeCloseTo(at.y);
});

test("the picture's edge never comes inside the frame", () => {
  expect(moveBy(zoomBy(WHOLE, 2), 9, -9)).toMatchObject({ x: 0.5, y: -0.5 });
  expect(moveBy(WHOLE, 1, 1)).toEqual(WHOLE);
});

test("four turns are none", () => {
  expect(turn(turn(turn(turn(WHOLE))))).toEqual(WHOLE);
});

test("keys do what the buttons do, and arrows move what is enlarged", () => {
  expect(afterKey(WHOLE, "+")).toEqual(zoomIn(WHOLE));
  expect(afterKey(zoomIn(WHOLE), "0")).toEqual(WHOLE);
  expect(afterKey(WHOLE, "ArrowLeft")).toBeNull();
  expect(afterKey(zoomBy(WHOLE, 2), "ArrowLeft")).toMatchObject({ x: 0.1 });
  expect(afterKey(WHOLE, "a")).toBeNull();
});
