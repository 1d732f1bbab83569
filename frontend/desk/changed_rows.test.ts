import { expect, test } from "vitest";
import { asTheyAre } from "./changed_rows.ts";

test("a row that changed stands in its place, and the others are the same as before", () => {
  const rows = ["09:00", "09:10", "09:20"].map((time) => ({ reference: time, status: "booked" }));
  const changed = [{ reference: "09:10", status: "waiting" }];
  const now = asTheyAre(rows, changed);
  expect(now.map((row) => row.status)).toEqual(["booked", "waiting", "booked"]);
  expect([now[0], now[2]]).toEqual([rows[0], rows[2]]);
  expect(asTheyAre(rows, [])).toBe(rows);
});
