// How good the connection is, from the browser's own statistics.
const FAIR = { roundTripMs: 300, loss: 0.03 };
const POOR = { roundTripMs: 700, loss: 0.1 };

// "good", "fair", "poor", or "unknown" while nothing was measured.
export function judgeQuality({ roundTripMs = null, loss = null, isFrozen = false }) {
  if (isFrozen) return "poor";
  if (roundTripMs === null && loss === null) return "unknown";
  const beyond = (limits) => (roundTripMs ?? 0) > limits.roundTripMs || (loss ?? 0) > limits.loss;
  if (beyond(POOR)) return "poor";
  return beyond(FAIR) ? "fair" : "good";
}

export const UNJUDGED = { word: "unknown", next: "unknown" };

// A line at the border would be fair and poor by turns: a new word counts when it was measured twice running.
export const settle = ({ word, next }, judged) =>
  word === "unknown" || judged === next ? { word: judged, next: judged } : { word, next: judged };

export const worstQuality = (words) => ["poor", "fair", "good"].find((word) => words.includes(word)) || "unknown";

// Sums of all streams of one connection; two of them make a measurement.
export function readStats(report) {
  const sums = { bytes: 0, received: 0, lost: 0, frames: 0, roundTripMs: null, lossThere: null };
  for (const stat of report.values()) {
    if (stat.type === "inbound-rtp") {
      sums.bytes += stat.bytesReceived || 0;
      sums.received += stat.packetsReceived || 0;
      sums.lost += Math.max(0, stat.packetsLost || 0);
      if (stat.kind === "video") sums.frames += stat.framesDecoded || 0;
    } else if (stat.type === "remote-inbound-rtp" && Number.isFinite(stat.fractionLost)) {
      sums.lossThere = Math.max(sums.lossThere ?? 0, stat.fractionLost);
    } else if (stat.type === "candidate-pair" && stat.nominated && Number.isFinite(stat.currentRoundTripTime)) {
      sums.roundTripMs = Math.round(stat.currentRoundTripTime * 1000);
    }
  }
  return sums;
}

export function measure(before, now) {
  const packets = now.received - before.received + now.lost - before.lost;
  const lossHere = packets > 0 ? Math.max(0, now.lost - before.lost) / packets : null;
  const losses = [lossHere, now.lossThere].filter((loss) => loss !== null);
  return {
    roundTripMs: now.roundTripMs,
    loss: losses.length ? Math.max(...losses) : null,
    frames: now.frames - before.frames,
  };
}
