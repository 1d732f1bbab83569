// The meeting as this browser lives it: what the server says, who is there, what was written. Knows nothing of React.
import { tuneSender } from "../media/document_mode.ts";
import { isLive } from "../media/own_media.ts";
import { SILENT_STATE } from "../peer/data_channel.ts";
import { createPeers } from "../peer/peers.ts";
import { openSignalling } from "../signalling/signalling.ts";
import { createStore } from "../store.ts";
import { randomHex } from "./client_id.ts";

const MOST_MESSAGES = 500;

const EMPTY = {
  phase: "joining", // waiting, call, elsewhere, seat_taken, replaced, ended, refused, left
  socket: "connecting",
  isBlocked: false,
  role: null,
  roundTripMs: null,
  waiting: null,
  waitingRoom: null,
  peers: [],
  messages: [],
  quality: "unknown",
  documentAsked: "no", // yes, refused
  phone: null,
  identity: null,
  guests: [],
  invitations: [],
  invited: null,
  outcome: null,
  refusal: null,
  problem: null,
  elsewhere: null,
};

// `onOver` is called once, when nothing more will come; `onTrouble` when the socket cannot be opened.
export function createRoom({ address, seat, iceServers, media, onOver, onTrouble, Socket }) {
  const store = createStore(EMPTY);
  const set = store.set;
  let peers = null;
  let ownName = null;
  let isOver = false;

  const stateOf = ({ camera, microphone, document }) => ({
    camera: isLive(camera),
    microphone: isLive(microphone),
    document: document.isOn ? "on" : "off",
  });
  const ownState = () => {
    const state = stateOf(media.store.get());
    return state.document === "off" && store.get().documentAsked === "refused"
      ? { ...state, document: "refused" }
      : state;
  };
  const tune = (sender) => {
    tuneSender(sender, media.store.get().document.isOn);
  };

  let isTold = false;
  // Many things change at once; React need hear of them once.
  function tellPeers() {
    if (isTold) return;
    isTold = true;
    queueMicrotask(() => {
      isTold = false;
      if (peers) set({ peers: peers.view(), quality: peers.quality() });
    });
  }

  function addMessage(message) {
    if (store.get().messages.some(({ id }) => id === message.id)) return;
    set({ messages: [...store.get().messages, message].slice(-MOST_MESSAGES) });
  }

  function meshOf(name) {
    if (peers && ownName === name) return peers;
    if (peers) peers.close();
    ownName = name;
    peers = createPeers({
      ownName,
      iceServers,
      send: (to, data) => signalling.send({ type: "signal", to, data }),
      tracks: media.tracks(),
      tune,
      ownState,
      onChange: tellPeers,
      onLost: () => signalling.doubt(),
      onText: (from, { id, text }) => addMessage({ id: `${from.peer}.${id}`, name: from.name, role: from.role, text }),
      onFlood: ({ peer, name, role }) => addMessage({ id: `flood.${peer}`, name, role, isFlood: true }),
    });
    return peers;
  }

  function enter(message) {
    // Whoever comes back may have missed the admission: nobody waits any more.
    set({ waitingRoom: null });
    if (message.door) {
      closePeers();
      set({ phase: "elsewhere", elsewhere: message.door, peers: (message.peers || []).map(unseen) });
      return;
    }
    set({ phase: "call" });
    meshOf(ownName).meetAll(message.peers || []);
  }

  // Whoever is in another provider's room: known by name, and seen there.
  const unseen = (peer) => ({ ...peer, state: SILENT_STATE });
  const without = (name) => store.get().peers.filter(({ peer }) => peer !== name);

  function closePeers() {
    if (peers) peers.close();
    peers = null;
    set({ peers: [], quality: "unknown" });
  }

  function finish(phase, values = {}) {
    if (isOver) return;
    isOver = true;
    unwatch();
    closePeers();
    media.close();
    // Nothing of the talk remains on the page.
    set({ ...values, phase, messages: [], phone: null, waitingRoom: null, guests: [], invitations: [], invited: null });
    onOver(phase);
  }

  // Withdrawn ones go, wherever that was pressed: their links open nothing any more.
  const invitationsOf = (guests) => store.get().invitations.filter(({ id }) => guests.some((one) => one.id === id));

  const heard = {
    welcome(message) {
      if (ownName !== message.peer) closePeers();
      ownName = message.peer;
      set({ role: message.role, isBlocked: false });
      if (message.state === "admitted") enter(message);
      else {
        closePeers();
        const { elsewhere } = store.get();
        // Who waits now was not seen, and is not in the other provider's room.
        set({
          identity: null,
          phone: null,
          documentAsked: "no",
          elsewhere: elsewhere && { ...elsewhere, isLeft: true },
        });
        // An official waits in the room itself, where the citizen's coming is seen.
        if (message.role !== "official") set({ phase: "waiting" });
        else set({ phase: elsewhere ? "elsewhere" : "call" });
      }
    },
    waiting: (message) => set({ waiting: message }),
    waiting_room: (message) => set({ waitingRoom: message.is_present ? message : null, problem: null }),
    admitted(message) {
      set({ problem: null });
      enter(message);
    },
    peer_joined({ peer }) {
      if (peers) peers.meet(peer);
      else if (store.get().elsewhere) set({ peers: [...without(peer.peer), unseen(peer)] });
    },
    peer_left({ peer }) {
      if (peers) peers.leave(peer);
      else set({ peers: without(peer) });
    },
    signal: ({ from, data }) => peers?.receive(from, data),
    ask_document(message) {
      set({ documentAsked: message.is_on ? "yes" : "no" });
      if (!message.is_on) media.showDocument(false);
      peers?.tellState();
    },
    phone: (message) => set({ phone: message }),
    identity: ({ document }) => set({ identity: document }),
    guests: ({ guests }) => set({ guests, invitations: invitationsOf(guests) }),
    invited({ id, name, path }) {
      const invited = { id, name, path };
      set({ invited, invitations: [...store.get().invitations, invited] });
    },
    problem: ({ code }) => set({ problem: code }),
    seat_taken: () => set({ phase: "seat_taken" }),
    replaced: () => finish("replaced"),
    ended: ({ outcome }) => finish("ended", { outcome }),
    refused: ({ code }) => finish("refused", { refusal: code }),
  };

  // The ways of one's own camera and microphone to the others.
  let was = media.store.get();
  const unwatch = media.store.watch((now) => {
    const [before, after] = [stateOf(was), stateOf(now)];
    const differs = Object.keys(after).some((name) => before[name] !== after[name]);
    if (was.document.isOn !== now.document.isOn) {
      if (now.document.isOn) set({ documentAsked: "no" });
      peers?.tuneAll();
    }
    was = now;
    if (differs) peers?.tellState();
  });
  media.onTrack((kind, track) => peers?.replaceTrack(kind, track));

  const signalling = openSignalling({
    address,
    seat,
    Socket,
    onMessage: (message) => {
      if (!isOver && Object.hasOwn(heard, message.type)) heard[message.type](message);
    },
    onState: (socket) => set({ socket }),
    onRoundTrip: (roundTripMs) => set({ roundTripMs }),
    onTrouble,
  });

  return {
    store,
    takeOver: () => signalling.takeOver(),
    say(text) {
      const id = randomHex(8);
      peers?.say(id, text);
      addMessage({ id, text, isOwn: true });
    },
    refuseDocument() {
      set({ documentAsked: "refused" });
      peers?.tellState();
    },
    forgetProblem: () => set({ problem: null }),
    admit: () => signalling.send({ type: "admit" }),
    askDocument: (isOn) => signalling.send({ type: "ask_document", is_on: isOn }),
    confirmIdentity: (document) => signalling.send({ type: "identity", document }),
    askPhone: () => signalling.send({ type: "phone" }),
    invite: (name) => signalling.send({ type: "invite", name }),
    withdraw: (guest) => signalling.send({ type: "withdraw", guest }),
    end: (outcome) => signalling.send({ type: "end", outcome }),
    leave() {
      signalling.leave();
      finish("left");
    },
    // The door's answer may come when the socket is open after all.
    noteBlocked() {
      if (store.get().socket !== "open") set({ isBlocked: true });
    },
    // The door said meanwhile that there is no way in.
    refuse(code) {
      signalling.close();
      finish("refused", { refusal: code });
    },
    // For a page that goes away without leaving: the seat stays, so that a reload comes back.
    dispose() {
      signalling.close();
      finish("disposed");
    },
  };
}
