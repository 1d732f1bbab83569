import { expect, test } from "vitest";
import { eventOf, type State, stateAfter } from "./element_events.ts";
import type { FromFrame } from "./messages.ts";

const said = (message: object) => ({ dimoslive: 1, ...message }) as unknown as FromFrame;

test.each([
  [{ type: "ready", title: "Κράτηση – Δήμος Καβάλας" }, ["ready", { municipality: "kavala" }]],
  [
    { type: "step", name: "calendar", number: 3, of: 6 },
    ["step", { municipality: "kavala", name: "calendar", number: 3, of: 6 }],
  ],
  [{ type: "sign_in", phase: "done" }, ["sign-in", { municipality: "kavala", phase: "done" }]],
  [
    { type: "booked", service: null, mode: "video" },
    ["booked", { municipality: "kavala", service: null, mode: "video" }],
  ],
  [{ type: "failed", code: "line_lost" }, ["failed", { code: "line_lost" }]],
])("%o is told to the host as it is written", (message, event) => {
  expect(eventOf(said(message), "kavala")).toEqual(event);
});

test("a field that a message should not have does not cross", () => {
  expect(eventOf(said({ type: "booked", service: "x", mode: "video", reference: "K7PM3XQ9" }), "kavala")).toEqual([
    "booked",
    { municipality: "kavala", service: "x", mode: "video" },
  ]);
});

test.each([{ type: "height", px: 640 }, { type: "reveal", y: 0 }, { type: "close" }])(
  "%o is the element's own business",
  (message) => {
    expect(eventOf(said(message), "kavala")).toBeNull();
  },
);

test.each<[State, object, State]>([
  ["loading", { type: "ready", title: "x" }, "ready"],
  ["booked", { type: "ready", title: "x" }, "booked"],
  ["ready", { type: "sign_in", phase: "opened" }, "signing-in"],
  ["signing-in", { type: "ready", title: "x" }, "signing-in"],
  ["signing-in", { type: "sign_in", phase: "left" }, "ready"],
  ["signing-in", { type: "sign_in", phase: "done" }, "ready"],
  ["ready", { type: "booked", service: "x", mode: "video" }, "booked"],
  ["booked", { type: "step", name: "confirmation", number: 6, of: 6 }, "booked"],
  ["booked", { type: "step", name: "services", number: 1, of: 6 }, "ready"],
  ["loading", { type: "height", px: 640 }, "loading"],
])("%s and %o is %s", (state, message, next) => {
  expect(stateAfter(said(message), state)).toBe(next);
});
