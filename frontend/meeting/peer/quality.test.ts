import { expect, test } from "vitest";
import { judgeQuality, measure, readStats, type Sums, settle, UNJUDGED, worstQuality } from "./quality.ts";

const SUMS: Sums = { bytes: 0, received: 0, lost: 0, frames: 0, roundTripMs: null, lossThere: null };

test("a word of quality changes when it was measured twice", () => {
  let verdict = UNJUDGED;
  const said = [650, 720, 660, 750, 900, 100, 100].map((roundTripMs) => {
    verdict = settle(verdict, judgeQuality({ roundTripMs }));
    return verdict.word;
  });
  expect(said).toEqual(["fair", "fair", "fair", "fair", "poor", "poor", "good"]);
});

test("a picture that stands still is poor whatever the line", () => {
  expect(judgeQuality({ roundTripMs: 10, loss: 0, isFrozen: true })).toBe("poor");
});

test("nothing is said of what was not measured", () => {
  expect(judgeQuality({})).toBe("unknown");
  expect(worstQuality(["unknown", "unknown"])).toBe("unknown");
  expect(worstQuality(["good", "poor", "unknown"])).toBe("poor");
});

test("loss counts on either side, whichever is worse", () => {
  expect(measure(SUMS, { ...SUMS, received: 90, lost: 10, lossThere: 0.02 }).loss).toBe(0.1);
  expect(measure(SUMS, { ...SUMS, received: 100, lossThere: 0.2 }).loss).toBe(0.2);
  expect(measure(SUMS, SUMS).loss).toBeNull();
});

test("a report of the browser is summed up", () => {
  const report = new Map<string, object>([
    ["sound", { type: "inbound-rtp", kind: "audio", bytesReceived: 10, packetsReceived: 2, packetsLost: -1 }],
    [
      "picture",
      { type: "inbound-rtp", kind: "video", bytesReceived: 90, packetsReceived: 8, packetsLost: 2, framesDecoded: 5 },
    ],
    ["there", { type: "remote-inbound-rtp", fractionLost: 0.1 }],
    ["pair", { type: "candidate-pair", nominated: true, currentRoundTripTime: 0.0421 }],
    ["other", { type: "candidate-pair", nominated: false, currentRoundTripTime: 9 }],
  ]) as RTCStatsReport;
  expect(readStats(report)).toEqual({ bytes: 100, received: 10, lost: 2, frames: 5, roundTripMs: 42, lossThere: 0.1 });
});
