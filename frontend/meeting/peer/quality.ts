// How good the connection is, from the browser's own statistics.
type Line = { roundTripMs: number | null; loss: number | null };
type Limits = { roundTripMs: number; loss: number };

const FAIR: Limits = { roundTripMs: 300, loss: 0.03 };
const POOR: Limits = { roundTripMs: 700, loss: 0.1 };

// "unknown" while nothing was measured.
export type Quality = "good" | "fair" | "poor" | "unknown";

export type Verdict = { word: Quality; next: Quality };

export function judgeQuality({
  roundTripMs = null,
  loss = null,
  isFrozen = false,
}: Partial<Line> & { isFrozen?: boolean }): Quality {
  if (isFrozen) return "poor";
  if (roundTripMs === null && loss === null) return "unknown";
  const beyond = (limits: Limits) => (roundTripMs ?? 0) > limits.roundTripMs || (loss ?? 0) > limits.loss;
  if (beyond(POOR)) return "poor";
  return beyond(FAIR) ? "fair" : "good";
}

export const UNJUDGED: Verdict = { word: "unknown", next: "unknown" };

// A line at the border would be fair and poor by turns: a new word counts when it was measured twice running.
export const settle = ({ word, next }: Verdict, judged: Quality): Verdict =>
  word === "unknown" || judged === next ? { word: judged, next: judged } : { word, next: judged };

const WORST_FIRST: Quality[] = ["poor", "fair", "good"];

export const worstQuality = (words: Quality[]): Quality =>
  WORST_FIRST.find((word) => words.includes(word)) || "unknown";

export type Sums = {
  bytes: number;
  received: number;
  lost: number;
  frames: number;
  roundTripMs: number | null;
  lossThere: number | null;
};

// Those of a browser's statistics that are read here.
type Stat = {
  type: string;
  kind?: string;
  bytesReceived?: number;
  packetsReceived?: number;
  packetsLost?: number;
  framesDecoded?: number;
  fractionLost?: number;
  nominated?: boolean;
  currentRoundTripTime?: number;
};

// What the library's own type of a report leaves open.
export const statsOf = (report: RTCStatsReport): Stat[] => [...(report as ReadonlyMap<string, Stat>).values()];

const isNumber = (value: number | undefined): value is number => Number.isFinite(value);

// Sums of all streams of one connection; two of them make a measurement.
export function readStats(report: RTCStatsReport): Sums {
  const sums: Sums = { bytes: 0, received: 0, lost: 0, frames: 0, roundTripMs: null, lossThere: null };
  for (const stat of statsOf(report)) {
    if (stat.type === "inbound-rtp") {
      sums.bytes += stat.bytesReceived || 0;
      sums.received += stat.packetsReceived || 0;
      sums.lost += Math.max(0, stat.packetsLost || 0);
      if (stat.kind === "video") sums.frames += stat.framesDecoded || 0;
    } else if (stat.type === "remote-inbound-rtp" && isNumber(stat.fractionLost)) {
      sums.lossThere = Math.max(sums.lossThere ?? 0, stat.fractionLost);
    } else if (stat.type === "candidate-pair" && stat.nominated && isNumber(stat.currentRoundTripTime)) {
      sums.roundTripMs = Math.round(stat.currentRoundTripTime * 1000);
    }
  }
  return sums;
}

export function measure(before: Sums, now: Sums): Line & { frames: number } {
  const packets = now.received - before.received + now.lost - before.lost;
  const lossHere = packets > 0 ? Math.max(0, now.lost - before.lost) / packets : null;
  const losses = [lossHere, now.lossThere].filter((loss) => loss !== null);
  return {
    roundTripMs: now.roundTripMs,
    loss: losses.length ? Math.max(...losses) : null,
    frames: now.frames - before.frames,
  };
}
