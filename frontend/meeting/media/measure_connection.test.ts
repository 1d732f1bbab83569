import { expect, test } from "vitest";
import { verdictOf } from "./measure_connection.ts";
import { hasRelay, type Relay } from "./measure_relay.ts";

const FAST = { downKbps: 9000, upKbps: 9000, roundTripMs: 20 };

test.each<[Relay, string]>([
  [{ state: "none", kbps: null, roundTripMs: null }, "good"],
  [{ state: "works", kbps: 9000, roundTripMs: 20 }, "good"],
  [{ state: "works", kbps: 300, roundTripMs: 20 }, "stutters"],
  [{ state: "works", kbps: 9000, roundTripMs: 700 }, "stutters"],
  [{ state: "failed", kbps: null, roundTripMs: null }, "stutters"],
])("a slow way through the relay is told beforehand (%j)", (relay, verdict) => {
  expect(verdictOf({ ...FAST, relay })).toBe(verdict);
});

test("the worse way decides", () => {
  expect(verdictOf({ ...FAST, upKbps: 600 })).toBe("stutters");
  expect(verdictOf({ ...FAST, downKbps: 400 })).toBe("too_slow");
  expect(verdictOf({ ...FAST, roundTripMs: 900 })).toBe("too_slow");
});

test("nothing is said of a line that could not be measured", () => {
  expect(verdictOf({ ...FAST, upKbps: null })).toBeNull();
});

test("a server for addresses alone is no relay", () => {
  expect(hasRelay([{ urls: "stun:one.example" }])).toBe(false);
  expect(hasRelay([{ urls: ["stun:one.example", "turns:one.example"] }])).toBe(true);
  expect(hasRelay(undefined)).toBe(false);
});
