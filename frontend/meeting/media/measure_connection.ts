// Measures the line before the call: round trip and speed to and from the server, and through a relay if there is one.

import { MAX_PROBE_SIZE } from "../protocol/generated.ts";
import { measureRelay, NO_RELAY, type Relay } from "./measure_relay.ts";
import { median } from "./median.ts";

const PROBE = "/api/meetings/probe";
const TIMES = 5;
const SPEED_WITHIN_MS = 6000;
const STEPS_DOWN = [100_000, 500_000, MAX_PROBE_SIZE];
const STEPS_UP = [100_000, 400_000, 1_000_000];
const ENOUGH_MS = 1500;

export type Verdict = "good" | "stutters" | "too_slow";
export type Measured = {
  roundTripMs: number | null;
  downKbps: number | null;
  upKbps: number | null;
  relay: Relay;
};
type Limits = { downKbps: number; upKbps: number; roundTripMs: number };

// A browser sends a picture of 1280 by 720 clearly at about 1.5 Mbit/s, sound included. On the way down there is somewhat
// more to come: the pictures of an interpreter or a second official.
const GOOD: Limits = { downKbps: 2000, upKbps: 1500, roundTripMs: 250 };
const USABLE: Limits = { downKbps: 500, upKbps: 500, roundTripMs: 800 };

// "good", "stutters" or "too_slow", by whichever way is worse; null when one of them could not be measured.
export function verdictOf({
  downKbps,
  upKbps,
  roundTripMs,
  relay = NO_RELAY,
}: Partial<Pick<Measured, "relay">> & Omit<Measured, "relay">): Verdict | null {
  if (downKbps === null || upKbps === null || roundTripMs === null) return null;
  const within = (limits: Limits) =>
    downKbps >= limits.downKbps && upKbps >= limits.upKbps && roundTripMs <= limits.roundTripMs;
  if (!within(USABLE)) return "too_slow";
  // Not all calls need the relay.
  const relayIsSlow = relay.kbps !== null && (relay.kbps < GOOD.upKbps || relay.roundTripMs > GOOD.roundTripMs);
  return within(GOOD) && relay.state !== "failed" && !relayIsSlow ? "good" : "stutters";
}

const fetchProbe = (bytes: number, options: RequestInit = {}) =>
  fetch(`${PROBE}?bytes=${bytes}`, { cache: "no-store", credentials: "same-origin", ...options });

export async function measureRoundTrip() {
  const times: number[] = [];
  await (await fetchProbe(1)).arrayBuffer(); // the first opens the connection
  for (let at = 0; at < TIMES; at += 1) {
    const start = performance.now();
    const answer = await fetchProbe(1);
    if (!answer.ok) throw new Error(String(answer.status));
    await answer.arrayBuffer();
    times.push(performance.now() - start);
  }
  return Math.round(median(times));
}

// Kilobits a second of the largest piece that the line could carry in good time.
export async function measureDown() {
  let kbps: number | null = null;
  for (const bytes of STEPS_DOWN) {
    const start = performance.now();
    const got = await countBytes(bytes);
    const took = performance.now() - start;
    if (got) kbps = Math.round((got * 8) / took);
    if (got < bytes || took > ENOUGH_MS) break;
  }
  return kbps;
}

async function countBytes(bytes: number) {
  const halt = new AbortController();
  const timer = setTimeout(() => halt.abort(), SPEED_WITHIN_MS);
  let got = 0;
  try {
    const answer = await fetchProbe(bytes, { signal: halt.signal });
    if (!answer.ok || !answer.body) return 0;
    const reader = answer.body.getReader();
    for (;;) {
      const { done, value } = await reader.read();
      if (done) return got;
      got += value.byteLength;
    }
  } catch {
    return got; // what came in time measures a slow line
  } finally {
    clearTimeout(timer);
  }
}

// The same for the way up, of which the browser knows only when all has arrived.
export async function measureUp() {
  let kbps: number | null = null;
  for (const bytes of STEPS_UP) {
    const start = performance.now();
    const hasArrived = await sendBytes(bytes);
    const took = performance.now() - start;
    const measured = Math.round((bytes * 8) / took);
    // What was cut off is slower than this.
    kbps = hasArrived || kbps === null ? measured : Math.min(kbps, measured);
    if (!hasArrived || took > ENOUGH_MS) break;
  }
  return kbps;
}

async function sendBytes(bytes: number) {
  const halt = new AbortController();
  const timer = setTimeout(() => halt.abort(), SPEED_WITHIN_MS);
  try {
    const answer = await fetch(PROBE, {
      method: "POST",
      body: randomBody(bytes),
      credentials: "omit",
      signal: halt.signal,
    });
    if (!answer.ok) throw new Error(String(answer.status));
    return true;
  } catch (problem) {
    if (halt.signal.aborted) return false;
    throw problem;
  } finally {
    clearTimeout(timer);
  }
}

// Chance does not compress; a browser gives so much of it at once.
function randomBody(bytes: number) {
  const piece = crypto.getRandomValues(new Uint8Array(65_536));
  return new Blob(Array(Math.ceil(bytes / piece.length)).fill(piece)).slice(0, bytes);
}

// Stops, and leaves the line alone, when `signal` says that nobody looks any more.
export async function measureConnection(
  iceServers: RTCIceServer[] | undefined,
  signal: AbortSignal,
): Promise<Measured & { verdict: Verdict | null }> {
  const measured: Measured = { roundTripMs: null, downKbps: null, upKbps: null, relay: NO_RELAY };
  const steps = [
    async () => ({ roundTripMs: await measureRoundTrip() }),
    async () => ({ downKbps: await measureDown() }),
    async () => ({ upKbps: await measureUp() }),
    async () => ({ relay: await measureRelay(iceServers, signal) }),
  ];
  try {
    for (const step of steps) {
      if (signal.aborted) break;
      Object.assign(measured, await step());
    }
  } catch {
    // Nothing measured is a result too: it is said in words.
  }
  return { ...measured, verdict: verdictOf(measured) };
}
