// The way to one other browser: a connection, and what it takes to get it back.
//
// A browser that was reloaded is a new one behind the same name, and a signal to the old one may still be under way.
// Therefore each connection has an id of its own, the two first tell each other theirs ("ready"), and every signal names
// both. The pair then negotiates by the perfect-negotiation pattern. The impolite one makes the first offer, with one
// line for sound and one for pictures, both ways: from then on a track is only replaced, and what is negotiated again is
// the way through the network alone. For that the polite one asks the impolite: Chromium shows no more pictures of a
// remote track whose line lived through a rollback on the side that did not make it.
import { randomHex } from "../room/client_id.ts";
import { createTalk } from "./data_channel.ts";

const GIVE_UP_MS = [10000, 15000, 20000];
const DISCONNECTED_FOR_MS = 500;
const ANSWERED_WITHIN_MS = 5000;
const LOOK_EVERY_MS = 400;
// The polite one asks for what the impolite does: mostly that is done by then.
const SILENT_LOOKS = { impolite: 3, polite: 4 };
const MOST_SEARCHES = 3;

// `send` carries signals; `isSending` tells whether the other says that its camera or microphone is on; `onLost` says
// that nothing comes any more, `onFlood` that too much was said on `talk`.
export function createPeerLink({
  ownName,
  name,
  iceServers,
  send,
  tracks,
  tune,
  isSending,
  onChange,
  onLost,
  onTalk,
  onOpen,
  onFlood,
}) {
  const isPolite = ownName > name;
  const talk = createTalk({ onTalk, onOpen, onFlood, onChange });
  let connection = null;
  let together = null;
  let mine = null;
  let theirs = null;
  let isOffering = false;
  let offers = 0;
  let newestOffer = 0;
  let reading = Promise.resolve();
  let isAnswerPending = false;
  let ignoresOffer = false;
  let failures = 0;
  let giveUp = null;
  let patience = null;
  let unanswered = null;
  let looks = null;
  let heardBytes = 0;
  let silentLooks = 0;
  let searches = 0;
  let isClosed = false;
  let state = "connecting";
  let picture = null;
  let sound = null;

  const say = (data) => send(name, { from: mine, to: theirs, ...data });
  const setState = (next) => {
    if (state === next || isClosed) return;
    state = next;
    onChange();
  };

  function open() {
    shut();
    // What waits for a closed connection waits for ever.
    reading = Promise.resolve();
    mine = randomHex(8);
    theirs = null;
    newestOffer = heardBytes = silentLooks = 0;
    isOffering = isAnswerPending = ignoresOffer = false;
    const made = new RTCPeerConnection({ iceServers, bundlePolicy: "max-bundle" });
    connection = made;
    together = new MediaStream(); // one name for sound and picture, so that the lips go with the words
    const ifCurrent = (act) => (event) => {
      if (connection === made && !isClosed) act(event);
    };
    made.onnegotiationneeded = ifCurrent(offer);
    made.onicecandidate = ifCurrent(({ candidate }) => {
      if (candidate) say({ candidate: candidate.toJSON() });
    });
    made.onconnectionstatechange = ifCurrent(watchState);
    made.oniceconnectionstatechange = ifCurrent(watchState);
    made.ontrack = ifCurrent(({ track }) => {
      if (track.kind === "video") picture = new MediaStream([track]);
      else sound = new MediaStream([track]);
      onChange();
    });
    looks = setInterval(() => {
      look(made).catch(() => {});
    }, LOOK_EVERY_MS);
    expect();
  }

  function shut() {
    clearInterval(looks);
    clearTimeout(giveUp);
    clearTimeout(patience);
    clearTimeout(unanswered);
    talk.shut();
    picture = sound = null;
    if (connection) connection.close();
    connection = null;
  }

  function expect() {
    clearTimeout(giveUp);
    giveUp = setTimeout(
      () => {
        if (connection.connectionState === "connected") return;
        failures += 1;
        open();
        say({ ready: true });
        setState("lost");
      },
      GIVE_UP_MS[Math.min(failures, GIVE_UP_MS.length - 1)],
    );
  }

  function watchState() {
    const now = connection.connectionState;
    const ice = connection.iceConnectionState;
    if (now === "connected") {
      clearTimeout(giveUp);
      clearTimeout(patience);
      patience = null;
      failures = 0;
      for (const sender of connection.getSenders()) tune(sender);
      setState("connected");
    } else if (now === "failed" || ice === "failed") {
      restart();
    } else if (ice === "disconnected" && !patience) {
      patience = setTimeout(restart, DISCONNECTED_FOR_MS);
      setState("lost");
      onLost();
    }
  }

  function restart() {
    clearTimeout(patience);
    patience = null;
    if (isClosed || !connection || connection.connectionState === "closed") return;
    if (connection.connectionState !== "connected") {
      if (state === "connected") setState("lost");
      expect();
    }
    if (isPolite) say({ restart: true });
    else offerAnew();
  }

  // A way may die while both browsers call it connected, above all when networks change: what counts is what comes. That
  // it comes on the other side says nothing, for packets may find the way there and not back.
  async function look(made) {
    if (made.connectionState !== "connected") return;
    const bytes = await received(made);
    if (connection !== made || isClosed) return;
    if (bytes !== heardBytes) {
      heardBytes = bytes;
      silentLooks = searches = 0;
      return;
    }
    if (made.signalingState !== "stable" || !isSending() || searches >= MOST_SEARCHES) return;
    silentLooks += 1;
    if (silentLooks < (isPolite ? SILENT_LOOKS.polite : SILENT_LOOKS.impolite) * 2 ** searches) return;
    silentLooks = 0;
    searches += 1;
    restart();
  }

  async function received(made) {
    let bytes = 0;
    for (const stat of (await made.getStats()).values())
      if (stat.type === "inbound-rtp") bytes += stat.bytesReceived || 0;
    return bytes;
  }

  // An offer without an answer may be lost: it is taken back, and the new one has the addresses of now. The very first
  // is not taken back, as its lines might come back under other names: the connection is made anew.
  async function offerAnew() {
    const made = connection;
    if (!made.localDescription) return;
    if (!made.currentRemoteDescription) {
      open();
      say({ ready: true });
      return;
    }
    try {
      if (made.signalingState === "have-local-offer") await made.setLocalDescription({ type: "rollback" });
      if (connection === made) made.restartIce();
    } catch {
      // The answer came after all, or the connection is closed.
    }
  }

  function bind(id) {
    theirs = id;
    if (isPolite) return;
    for (const kind of ["audio", "video"]) {
      connection.addTransceiver(tracks[kind] || kind, { direction: "sendrecv", streams: [together] });
    }
    talk.open(connection);
  }

  async function offer() {
    const made = connection;
    try {
      isOffering = true;
      // Before anything is waited for: from here on the answer to the offer before fits no more.
      const offer = (offers += 1);
      await made.setLocalDescription();
      if (connection !== made) return;
      say({ description: made.localDescription.toJSON(), offer });
      // While the old way still carries the pictures, nothing else would tell that the offer was lost.
      clearTimeout(unanswered);
      unanswered = setTimeout(() => {
        if (made.signalingState === "have-local-offer") offerAnew();
      }, ANSWERED_WITHIN_MS);
    } catch {
      // A description that came in between has made the offer needless, or the watch starts anew.
    } finally {
      isOffering = false;
    }
  }

  function takeReady({ from, to, isBack }) {
    if (to !== null && to !== mine) {
      // Meant for a connection that is no more.
      send(name, { from: mine, to: null, ready: true });
    } else if (theirs === null) {
      bind(from);
      if (to === null) say({ ready: true });
    } else if (theirs !== from) {
      open();
      if (to === null) bind(from);
      say({ ready: true });
    } else {
      if (to === null) say({ ready: true });
      // Its socket was away, and with it perhaps what was offered.
      if (isBack && !isPolite) restart();
    }
  }

  async function takeDescription({ description, offer }) {
    const made = connection;
    // The answer to an offer that was taken back fits no other.
    if (description.type === "answer" && offer !== offers) return;
    // Over a socket that was just replaced an older offer may come late: its answer would fit nothing, and each side
    // would wait at another door.
    if (description.type === "offer" && !(offer > newestOffer)) return;
    if (description.type === "offer") newestOffer = offer;
    const canTakeOffer = !isOffering && (made.signalingState === "stable" || isAnswerPending);
    ignoresOffer = !isPolite && description.type === "offer" && !canTakeOffer;
    if (ignoresOffer) return;
    isAnswerPending = description.type === "answer";
    try {
      await made.setRemoteDescription(description);
    } finally {
      isAnswerPending = false;
    }
    silentLooks = 0;
    if (description.type !== "offer" || connection !== made) return;
    for (const transceiver of made.getTransceivers()) {
      const track = tracks[transceiver.receiver.track.kind] || null;
      transceiver.direction = "sendrecv";
      transceiver.sender.setStreams?.(together);
      if (transceiver.sender.track !== track) await transceiver.sender.replaceTrack(track);
    }
    talk.open(connection);
    await made.setLocalDescription();
    if (connection === made) say({ description: made.localDescription.toJSON(), offer });
  }

  async function receive(data) {
    if (isClosed || !data || typeof data.from !== "string") return;
    if (data.ready) {
      takeReady({ from: data.from, to: data.to ?? null, isBack: data.is_back === true });
      return;
    }
    if (data.to !== mine || data.from !== theirs) return;
    try {
      if (data.restart) restart();
      else if (data.description) await takeDescription(data);
      else if (data.candidate) await connection.addIceCandidate(data.candidate);
    } catch (problem) {
      // An answer to an offer that was taken back, or a candidate of one that was ignored.
      if (!ignoresOffer && problem.name !== "InvalidStateError" && !isClosed) expect();
    }
  }

  open();
  say({ ready: true });

  return {
    name,
    // One after the other: a description that comes while another is being taken would be answered under its name.
    receive(data) {
      reading = reading.then(() => receive(data)).catch(() => {});
    },
    // After the socket came back, perhaps over another network: what was said meanwhile is lost, and what still moves
    // may have begun to die.
    revive() {
      say({ ready: true, is_back: true });
      if (!isPolite) restart();
    },
    replaceTrack(kind, track) {
      for (const transceiver of connection.getTransceivers()) {
        const { sender, receiver } = transceiver;
        if (receiver.track.kind === kind)
          sender
            .replaceTrack(track)
            .then(() => tune(sender))
            .catch(() => {});
      }
    },
    talk: talk.say,
    unread: talk.unread,
    senders: () => connection.getSenders(),
    getStats: () => connection.getStats(),
    view: () => ({ connection: state, picture, sound, canTalk: talk.isOpen() }),
    close() {
      isClosed = true;
      shut();
    },
  };
}
