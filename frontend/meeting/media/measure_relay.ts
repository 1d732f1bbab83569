// The way through the TURN relay, from this page to itself: whether there is one, and how much it carries how fast.
import { median } from "./median.ts";

const OPENS_WITHIN_MS = 8000;
const ANSWERS_WITHIN_MS = 3000;
const TIMES = 5;
const PIECE = 16_384;
const PIECES = 120;
const MAX_BUFFERED = 16 * PIECE;
const SPEED_WITHIN_MS = 3000;

export type Relay =
  | { state: "none" | "failed"; kbps: null; roundTripMs: null }
  | { state: "works"; kbps: number; roundTripMs: number };

export const NO_RELAY: Relay = { state: "none", kbps: null, roundTripMs: null };
const FAILED: Relay = { state: "failed", kbps: null, roundTripMs: null };

export const hasRelay = (iceServers: RTCIceServer[] | undefined) =>
  (iceServers || []).some(({ urls }) => [urls].flat().some((url) => /^turns?:/.test(url)));

const sleep = (ms: number) =>
  new Promise<void>((resolve) => {
    setTimeout(resolve, ms);
  });
const within = <Result>(ms: number, promise: Promise<Result>) =>
  Promise.race([
    promise,
    sleep(ms).then(() => {
      throw new Error("too late");
    }),
  ]);

// `state` is "none", "works" or "failed"; kilobits a second, and milliseconds to the relay and back, when it works.
export async function measureRelay(iceServers: RTCIceServer[] | undefined, signal: AbortSignal): Promise<Relay> {
  if (!hasRelay(iceServers)) return NO_RELAY;
  // Two connections that may meet only at the relay.
  const connect = () => new RTCPeerConnection({ ...(iceServers && { iceServers }), iceTransportPolicy: "relay" });
  const [one, other] = [connect(), connect()];
  const close = () => {
    one.close();
    other.close();
  };
  signal.addEventListener("abort", close);
  try {
    const [there, back] = [openChannel(one), openChannel(other)];
    swapCandidates(one, other);
    swapCandidates(other, one);
    await one.setLocalDescription();
    await other.setRemoteDescription(described(one));
    await other.setLocalDescription();
    await one.setRemoteDescription(described(other));
    await within(OPENS_WITHIN_MS, Promise.all([there.opened, back.opened]));
    const roundTripMs = await timeAnswers(there.channel, back.channel);
    return { state: "works", roundTripMs, kbps: await timePieces(there.channel, back.channel) };
  } catch {
    return FAILED;
  } finally {
    signal.removeEventListener("abort", close);
    close();
  }
}

function openChannel(pc: RTCPeerConnection) {
  const channel = pc.createDataChannel("relay", { negotiated: true, id: 0 });
  const opened = new Promise((resolve) => {
    channel.onopen = resolve;
  });
  return { channel, opened };
}

function described(pc: RTCPeerConnection): RTCSessionDescription {
  if (!pc.localDescription) throw new Error("closed");
  return pc.localDescription;
}

function swapCandidates(from: RTCPeerConnection, to: RTCPeerConnection) {
  from.onicecandidate = ({ candidate }) => {
    if (candidate) to.addIceCandidate(candidate).catch(() => {});
  };
}

async function timeAnswers(there: RTCDataChannel, back: RTCDataChannel) {
  back.onmessage = () => back.send("");
  const times: number[] = [];
  for (let at = 0; at < TIMES; at += 1) {
    const start = performance.now();
    const answered = new Promise((resolve) => {
      there.onmessage = resolve;
    });
    there.send("");
    await within(ANSWERS_WITHIN_MS, answered);
    times.push(performance.now() - start);
  }
  // Each word passes this line twice: to the relay and, from there, back to this page.
  return Math.round(median(times) / 2);
}

// What comes in time measures a slow line.
async function timePieces(there: RTCDataChannel, back: RTCDataChannel) {
  const piece = crypto.getRandomValues(new Uint8Array(PIECE));
  const start = performance.now();
  let got = 0;
  let gotAt = start;
  back.onmessage = () => {
    got += 1;
    gotAt = performance.now();
  };
  const isLate = () => performance.now() - start > SPEED_WITHIN_MS;
  for (let sent = 0; sent < PIECES && !isLate(); sent += 1) {
    while (there.bufferedAmount > MAX_BUFFERED && !isLate()) await sleep(2);
    there.send(piece);
  }
  while (got < PIECES && !isLate()) await sleep(5);
  return Math.round((got * PIECE * 8) / (gotAt - start || 1));
}
