// The way through the TURN relay, from this page to itself: whether there is one, and how much it carries how fast.
const OPENS_WITHIN_MS = 8000;
const ANSWERS_WITHIN_MS = 3000;
const TIMES = 5;
const PIECE = 16_384;
const PIECES = 120;
const MOST_WAITING = 16 * PIECE;
const SPEED_WITHIN_MS = 3000;

export const NO_RELAY = { state: "none", kbps: null, roundTripMs: null };
const FAILED = { ...NO_RELAY, state: "failed" };

export const hasRelay = (iceServers) =>
  (iceServers || []).some(({ urls }) => [urls].flat().some((url) => /^turns?:/.test(url)));

const sleep = (ms) =>
  new Promise((resolve) => {
    setTimeout(resolve, ms);
  });
const within = (ms, promise) =>
  Promise.race([
    promise,
    sleep(ms).then(() => {
      throw new Error("too late");
    }),
  ]);

// `state` is "none", "works" or "failed"; kilobits a second, and milliseconds to the relay and back, when it works.
export async function measureRelay(iceServers, signal) {
  if (!hasRelay(iceServers)) return NO_RELAY;
  // Two connections that may meet only at the relay.
  const pair = [0, 1].map(() => new RTCPeerConnection({ iceServers, iceTransportPolicy: "relay" }));
  const close = () => pair.forEach((connection) => connection.close());
  signal.addEventListener("abort", close);
  try {
    const [one, other] = pair;
    const channels = pair.map((connection) => connection.createDataChannel("relay", { negotiated: true, id: 0 }));
    const opened = Promise.all(
      channels.map(
        (channel) =>
          new Promise((resolve) => {
            channel.onopen = resolve;
          }),
      ),
    );
    swapCandidates(one, other);
    swapCandidates(other, one);
    await one.setLocalDescription();
    await other.setRemoteDescription(one.localDescription);
    await other.setLocalDescription();
    await one.setRemoteDescription(other.localDescription);
    await within(OPENS_WITHIN_MS, opened);
    return { state: "works", roundTripMs: await timeAnswers(...channels), kbps: await timePieces(...channels) };
  } catch {
    return FAILED;
  } finally {
    signal.removeEventListener("abort", close);
    close();
  }
}

function swapCandidates(from, to) {
  from.onicecandidate = ({ candidate }) => {
    if (candidate) to.addIceCandidate(candidate).catch(() => {});
  };
}

async function timeAnswers(there, back) {
  back.onmessage = () => back.send("");
  const times = [];
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
  return Math.round(times.sort((a, b) => a - b)[Math.floor(TIMES / 2)] / 2);
}

// What comes in time measures a slow line.
async function timePieces(there, back) {
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
    while (there.bufferedAmount > MOST_WAITING && !isLate()) await sleep(2);
    there.send(piece);
  }
  while (got < PIECES && !isLate()) await sleep(5);
  return Math.round((got * PIECE * 8) / (gotAt - start || 1));
}
