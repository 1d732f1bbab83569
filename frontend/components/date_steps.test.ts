import { expect, test } from "vitest";
import { dayAfterKey, plusDays, plusMonths } from "./date_steps.ts";

const WEEK = ["2026-12-28", "2026-12-29", "2026-12-30", "2026-12-31"];
const after = (key: string, shiftKey = false) => dayAfterKey({ key, shiftKey }, "2026-12-30", WEEK);

test("days are counted across months, years and changes of the clock", () => {
  expect(plusDays("2026-12-31", 1)).toBe("2027-01-01");
  expect(plusDays("2026-03-01", -1)).toBe("2026-02-28");
  expect(plusDays("2027-03-27", 2)).toBe("2027-03-29");
});

test("another month has the same day, or its last", () => {
  expect(plusMonths("2026-12-15", 1)).toBe("2027-01-15");
  expect(plusMonths("2027-01-31", 1)).toBe("2027-02-28");
  expect(plusMonths("2028-02-29", 12)).toBe("2029-02-28");
});

test("keys lead where the guide for grids of dates says", () => {
  expect(after("ArrowLeft")).toBe("2026-12-29");
  expect(after("ArrowRight")).toBe("2026-12-31");
  expect(after("ArrowUp")).toBe("2026-12-23");
  expect(after("ArrowDown")).toBe("2027-01-06");
  expect(after("Home")).toBe("2026-12-28");
  expect(after("End")).toBe("2026-12-31");
  expect(after("PageDown")).toBe("2027-01-30");
  expect(after("PageUp", true)).toBe("2025-12-30");
});

test("other keys mean nothing", () => {
  expect(after("a")).toBe("");
  expect(after("ArrowLeft", true)).toBe("");
});
