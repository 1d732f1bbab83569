// The way to one other browser: a connection, and what it takes to get it back.
//
// A browser that was reloaded is a new one behind the same name, and a signal to the old one may still be under way.
// Therefore each connection has an id of its own, the two first tell each other theirs ("ready"), and every signal names
// both. The pair then negotiates by the perfect-negotiation pattern. The impolite one makes the first offer, with one
// line for sound and one for pictures, both ways: from then on a track is only replaced, and what is negotiated again is
// the way through the network alone. For that the polite one asks the impolite: Chromium shows no more pictures of a
// remote track whose line lived through a rollback on the side that did not make it.
import type { IncomingSignal, Signal, SignalContent } from "../protocol/signals.ts";
import { randomHex } from "../random_hex.ts";
import { createDataChannel, type DataChannelListeners } from "./data_channel.ts";
import { statsOf } from "./quality.ts";
import { CHECK_EVERY_MS, check, heardDescription, reopened, WATCHING } from "./watchdog.ts";

const CONNECTS_WITHIN_MS = [10000, 15000, 20000];
const DISCONNECTED_FOR_MS = 500;
const ANSWERED_WITHIN_MS = 5000;
const KINDS = ["audio", "video"] as const;

export type Tracks = { audio: MediaStreamTrack | null; video: MediaStreamTrack | null };
export type SendSignal = (to: string, signal: Signal) => void;
export type ConnectionState = "connecting" | "connected" | "lost";
export type PeerLink = ReturnType<typeof createPeerLink>;

export type PeerLinkOptions = DataChannelListeners & {
  ownName: string;
  name: string;
  iceServers: RTCIceServer[];
  send: SendSignal;
  tracks: Tracks;
  setSenderParameters: (sender: RTCRtpSender) => void;
  isSending: () => boolean;
  onLost: () => void;
};

type Timer = ReturnType<typeof setTimeout> | undefined;

// `send` carries signals; `isSending` tells whether the other says that its camera or microphone is on; `onLost` says
// that nothing comes any more, `onFlood` that too much was said on the data channel.
export function createPeerLink({
  ownName,
  name,
  iceServers,
  send,
  tracks,
  setSenderParameters,
  isSending,
  onChange,
  onLost,
  onMessage,
  onOpen,
  onFlood,
}: PeerLinkOptions) {
  const isPolite = ownName > name;
  const dataChannel = createDataChannel({ onMessage, onOpen, onFlood, onChange });
  let connection: RTCPeerConnection | null = null;
  let sharedStream: MediaStream;
  let localId = "";
  let remoteId: string | null = null;
  let isOffering = false;
  let offers = 0;
  let newestOffer = 0;
  let reading: Promise<void> = Promise.resolve();
  let isAnswerPending = false;
  let ignoresOffer = false;
  let failures = 0;
  let connectTimer: Timer;
  let disconnectTimer: Timer;
  let answerTimer: Timer;
  let watchdogTimer: Timer;
  let watchdog = WATCHING;
  let isClosed = false;
  let state: ConnectionState = "connecting";
  let videoStream: MediaStream | null = null;
  let audioStream: MediaStream | null = null;

  const say = (data: SignalContent) => send(name, { from: localId, to: remoteId, ...data });
  const setState = (next: ConnectionState) => {
    if (state === next || isClosed) return;
    state = next;
    onChange();
  };

  function open() {
    shut();
    // What waits for a closed connection waits for ever.
    reading = Promise.resolve();
    localId = randomHex(8);
    remoteId = null;
    newestOffer = 0;
    watchdog = reopened(watchdog);
    isOffering = false;
    isAnswerPending = false;
    ignoresOffer = false;
    const pc = new RTCPeerConnection({ iceServers, bundlePolicy: "max-bundle" });
    connection = pc;
    sharedStream = new MediaStream(); // one name for sound and picture, so that the lips go with the words
    const ifCurrent =
      <Event>(act: (event: Event) => void) =>
      (event: Event) => {
        if (connection === pc && !isClosed) act(event);
      };
    pc.onnegotiationneeded = ifCurrent(() => void offer(pc));
    pc.onicecandidate = ifCurrent(({ candidate }: RTCPeerConnectionIceEvent) => {
      if (candidate) say({ candidate: candidate.toJSON() });
    });
    pc.onconnectionstatechange = ifCurrent(() => watchState(pc));
    pc.oniceconnectionstatechange = ifCurrent(() => watchState(pc));
    pc.ontrack = ifCurrent(({ track }: RTCTrackEvent) => {
      if (track.kind === "video") videoStream = new MediaStream([track]);
      else audioStream = new MediaStream([track]);
      onChange();
    });
    watchdogTimer = setInterval(() => {
      watch(pc).catch(() => {});
    }, CHECK_EVERY_MS);
    startConnectTimer();
  }

  function shut() {
    clearInterval(watchdogTimer);
    clearTimeout(connectTimer);
    clearTimeout(disconnectTimer);
    clearTimeout(answerTimer);
    dataChannel.shut();
    videoStream = null;
    audioStream = null;
    connection?.close();
    connection = null;
  }

  function startConnectTimer() {
    clearTimeout(connectTimer);
    connectTimer = setTimeout(
      () => {
        if (connection?.connectionState === "connected") return;
        failures += 1;
        open();
        say({ ready: true });
        setState("lost");
      },
      CONNECTS_WITHIN_MS[Math.min(failures, CONNECTS_WITHIN_MS.length - 1)],
    );
  }

  function watchState(pc: RTCPeerConnection) {
    const now = pc.connectionState;
    const ice = pc.iceConnectionState;
    if (now === "connected") {
      clearTimeout(connectTimer);
      clearTimeout(disconnectTimer);
      disconnectTimer = undefined;
      failures = 0;
      for (const sender of pc.getSenders()) setSenderParameters(sender);
      setState("connected");
    } else if (now === "failed" || ice === "failed") {
      restart();
    } else if (ice === "disconnected" && !disconnectTimer) {
      disconnectTimer = setTimeout(restart, DISCONNECTED_FOR_MS);
      setState("lost");
      onLost();
    }
  }

  function restart() {
    clearTimeout(disconnectTimer);
    disconnectTimer = undefined;
    if (isClosed || !connection || connection.connectionState === "closed") return;
    if (connection.connectionState !== "connected") {
      if (state === "connected") setState("lost");
      startConnectTimer();
    }
    if (isPolite) say({ restart: true });
    else void renegotiate(connection);
  }

  async function watch(pc: RTCPeerConnection) {
    if (pc.connectionState !== "connected") return;
    const bytes = await received(pc);
    if (connection !== pc || isClosed) return;
    const isExpecting = pc.signalingState === "stable" && isSending();
    const [next, isStale] = check(watchdog, { bytes, isPolite, isExpecting });
    watchdog = next;
    if (isStale) restart();
  }

  async function received(pc: RTCPeerConnection) {
    let bytes = 0;
    for (const stat of statsOf(await pc.getStats())) {
      if (stat.type === "inbound-rtp") bytes += stat.bytesReceived || 0;
    }
    return bytes;
  }

  // An offer without an answer may be lost: it is taken back, and the new one has the addresses of now. The very first
  // is not taken back, as its lines might come back under other names: the connection is made anew.
  async function renegotiate(pc: RTCPeerConnection) {
    if (!pc.localDescription) return;
    if (!pc.currentRemoteDescription) {
      open();
      say({ ready: true });
      return;
    }
    try {
      if (pc.signalingState === "have-local-offer") await pc.setLocalDescription({ type: "rollback" });
      if (connection === pc) pc.restartIce();
    } catch {
      // The answer came after all, or the connection is closed.
    }
  }

  function bind(id: string) {
    remoteId = id;
    if (isPolite || !connection) return;
    for (const kind of KINDS) {
      connection.addTransceiver(tracks[kind] || kind, { direction: "sendrecv", streams: [sharedStream] });
    }
    dataChannel.open(connection);
  }

  async function offer(pc: RTCPeerConnection) {
    try {
      isOffering = true;
      // Before anything is waited for: from here on the answer to the offer before fits no more.
      offers += 1;
      const offer = offers;
      await pc.setLocalDescription();
      if (connection !== pc || !pc.localDescription) return;
      say({ description: pc.localDescription.toJSON(), offer });
      // While the old way still carries the pictures, nothing else would tell that the offer was lost.
      clearTimeout(answerTimer);
      answerTimer = setTimeout(() => {
        if (pc.signalingState === "have-local-offer") void renegotiate(pc);
      }, ANSWERED_WITHIN_MS);
    } catch {
      // A description that came in between has made the offer needless, or the watch starts anew.
    } finally {
      isOffering = false;
    }
  }

  function takeReady({ from, to, isBack }: { from: string; to: string | null; isBack: boolean }) {
    if (to !== null && to !== localId) {
      // Meant for a connection that is no more.
      send(name, { from: localId, to: null, ready: true });
    } else if (remoteId === null) {
      bind(from);
      if (to === null) say({ ready: true });
    } else if (remoteId !== from) {
      open();
      if (to === null) bind(from);
      say({ ready: true });
    } else {
      if (to === null) say({ ready: true });
      // Its socket was away, and with it perhaps what was offered.
      if (isBack && !isPolite) restart();
    }
  }

  async function takeDescription(pc: RTCPeerConnection, description: RTCSessionDescriptionInit, offer = 0) {
    // The answer to an offer that was taken back fits no other.
    if (description.type === "answer" && offer !== offers) return;
    // Over a socket that was just replaced an older offer may come late: its answer would fit nothing, and each side
    // would wait at another door.
    if (description.type === "offer" && !(offer > newestOffer)) return;
    if (description.type === "offer") newestOffer = offer;
    const canTakeOffer = !isOffering && (pc.signalingState === "stable" || isAnswerPending);
    ignoresOffer = !isPolite && description.type === "offer" && !canTakeOffer;
    if (ignoresOffer) return;
    isAnswerPending = description.type === "answer";
    try {
      await pc.setRemoteDescription(description);
    } finally {
      isAnswerPending = false;
    }
    watchdog = heardDescription(watchdog);
    if (description.type !== "offer" || connection !== pc) return;
    for (const transceiver of pc.getTransceivers()) {
      const track = tracks[transceiver.receiver.track.kind as keyof Tracks] || null;
      transceiver.direction = "sendrecv";
      transceiver.sender.setStreams?.(sharedStream);
      if (transceiver.sender.track !== track) await transceiver.sender.replaceTrack(track);
    }
    dataChannel.open(pc);
    await pc.setLocalDescription();
    if (connection === pc && pc.localDescription) say({ description: pc.localDescription.toJSON(), offer });
  }

  async function receive(data: IncomingSignal | null) {
    if (isClosed || !data || typeof data.from !== "string") return;
    if (data.ready) {
      takeReady({ from: data.from, to: data.to ?? null, isBack: data.is_back === true });
      return;
    }
    if (data.to !== localId || data.from !== remoteId || !connection) return;
    try {
      if (data.restart) restart();
      else if (data.description) await takeDescription(connection, data.description, data.offer);
      else if (data.candidate) await connection.addIceCandidate(data.candidate);
    } catch (problem) {
      // An answer to an offer that was taken back, or a candidate of one that was ignored.
      const isLate = problem instanceof Error && problem.name === "InvalidStateError";
      if (!ignoresOffer && !isLate && !isClosed) startConnectTimer();
    }
  }

  open();
  say({ ready: true });

  return {
    name,
    // One after the other: a description that comes while another is being taken would be answered under its name.
    receive(data: IncomingSignal | null) {
      reading = reading.then(() => receive(data)).catch(() => {});
    },
    // After the socket came back, perhaps over another network: what was said meanwhile is lost, and what still moves
    // may have begun to die.
    revive() {
      say({ ready: true, is_back: true });
      if (!isPolite) restart();
    },
    replaceTrack(kind: keyof Tracks, track: MediaStreamTrack | null) {
      for (const { sender, receiver } of connection?.getTransceivers() ?? []) {
        if (receiver.track.kind !== kind) continue;
        sender
          .replaceTrack(track)
          .then(() => setSenderParameters(sender))
          .catch(() => {});
      }
    },
    send: dataChannel.send,
    unread: dataChannel.unread,
    senders: () => connection?.getSenders() ?? [],
    getStats: () => (connection ? connection.getStats() : Promise.reject(new Error("closed"))),
    view: () => ({ connection: state, videoStream, audioStream, canTalk: dataChannel.isOpen() }),
    close() {
      isClosed = true;
      shut();
    },
  };
}
