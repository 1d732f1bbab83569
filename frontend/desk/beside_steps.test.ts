import { expect, test } from "vitest";
import { afterStep, bookingOf } from "./beside_steps.ts";

const DAY = { pathname: "/en/desk", search: "?m=kavala&date=2026-11-24" };
const BOOKING = { pathname: "/en/desk/booking/K7PM3XQ9", search: DAY.search };

test("a booking's own page is one, in both languages; what lies beneath it is not", () => {
  expect(bookingOf(BOOKING)).toBe("K7PM3XQ9");
  expect(bookingOf({ pathname: "/desk/booking/K7PM3XQ9" })).toBe("K7PM3XQ9");
  for (const pathname of ["/desk", "/desk/booking/K7PM3XQ9/move", "/desk/booking/", "/my-bookings/K7PM3XQ9"])
    expect(bookingOf({ pathname })).toBe("");
});

test("a step back to the day closes the booking, and a step forward opens it again", () => {
  expect(afterStep(DAY, DAY, true)).toBe("closed");
  expect(afterStep(BOOKING, DAY, false)).toEqual({ reference: "K7PM3XQ9", asks: "" });
});

test("a link within the page leaves the booking open", () => {
  expect(afterStep(BOOKING, DAY, true)).toEqual({ reference: "K7PM3XQ9", asks: "" });
});

test("all other steps are the router's: another day, another page, a day that was left", () => {
  const other = { ...DAY, search: "?m=kavala&date=2026-11-25" };
  expect(afterStep(other, DAY, true)).toBeNull();
  expect(afterStep({ ...BOOKING, search: other.search }, DAY, false)).toBeNull();
  expect(afterStep({ ...DAY, pathname: "/en/desk/week" }, DAY, true)).toBeNull();
  expect(afterStep(DAY, DAY, false)).toBeNull();
  expect(afterStep(BOOKING, null, false)).toBeNull();
});
