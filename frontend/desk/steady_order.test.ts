import { expect, test } from "vitest";
import { orderAround, type Placed, steadyOrder } from "./steady_order.ts";

const same = (item: string) => item;
const shown = (placed: Placed<string>[]) => placed.map(({ item, isGone }) => (isGone ? `(${item})` : item)).join(" ");

test("a list that nobody touches has the order that is said", () => {
  const before = steadyOrder([], ["a", "b"], same, false);
  expect(shown(steadyOrder(before, ["c", "b", "a"], same, false))).toBe("c b a");
});

test("while it is touched nobody changes places, comers stand last, goers leave theirs empty", () => {
  const before = steadyOrder([], ["a", "b", "c"], same, false);
  expect(shown(steadyOrder(before, ["x", "c", "a"], same, true))).toBe("a (b) c x");
});

test("whoever comes back has the old place again", () => {
  const before = steadyOrder([], ["a", "b"], same, false);
  const held = steadyOrder(before, ["b"], same, true);
  expect(shown(steadyOrder(held, ["b", "a"], same, true))).toBe("a b");
});

const row = (reference: string, starts: number) => ({ reference, starts });

test("a focused row that gets another time stays where it was until the focus leaves", () => {
  const rows = [row("b", 2), row("c", 3), row("a", 9)];
  expect(orderAround(rows, row("a", 1)).map((one) => one.reference)).toEqual(["a", "b", "c"]);
  expect(orderAround(rows, null)).toBe(rows);
});

test("a row beside the focused one moves as it should", () => {
  const rows = [row("b", 1), row("a", 2)];
  expect(orderAround(rows, row("a", 2))).toBe(rows);
});
