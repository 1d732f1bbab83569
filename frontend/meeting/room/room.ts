// The meeting as this browser lives it: what the server says, who is there, what was written. Knows nothing of React.
import { setSenderParameters } from "../media/document_mode.ts";
import { isLive, type OwnMedia, type OwnMediaState } from "../media/own_media.ts";
import { createPeers, type Peers, type PeerView } from "../peer/peers.ts";
import type { Quality } from "../peer/quality.ts";
import { type MediaState, SILENT_STATE } from "../protocol/channel_messages.ts";
import type {
  Admitted,
  Guest,
  GuestInvite,
  IdentityDocument,
  JoinLink,
  Outcome,
  Peer,
  Phone,
  Role,
  RoomMessage,
  Waiting,
  WaitingRoom,
  Welcome,
} from "../protocol/messages.ts";
import { randomHex } from "../random_hex.ts";
import type { SocketState } from "../signalling/machine.ts";
import { openSignalling } from "../signalling/signalling.ts";
import { createStore } from "../store.ts";

const MAX_MESSAGES = 500;
const KEYS = ["camera", "microphone", "document"] as const;

export type Phase =
  | "joining"
  | "waiting"
  | "call"
  | "elsewhere"
  | "already_joined"
  | "replaced"
  | "ended"
  | "refused"
  | "left"
  | "disposed";

export type Message =
  | { id: string; text: string; isOwn: true; isFlood?: undefined }
  | { id: string; text: string; name: string; role: Role; isOwn?: undefined; isFlood?: undefined }
  | { id: string; name: string; role: Role; isOwn?: undefined; isFlood: true };

export type RoomState = {
  phase: Phase;
  socket: SocketState;
  isBlocked: boolean;
  role: Role | null;
  roundTripMs: number | null;
  waiting: Waiting | null;
  waitingRoom: WaitingRoom | null;
  peers: PeerView[];
  messages: Message[];
  quality: Quality;
  documentAsked: "no" | "yes" | "refused";
  phone: Phone | null;
  identity: string | null;
  guests: Guest[];
  invitations: GuestInvite[];
  invited: GuestInvite | null;
  outcome: string | null;
  refusal: string | null;
  problem: string | null;
  elsewhere: (JoinLink & { isLeft?: boolean }) | null;
};

const EMPTY: RoomState = {
  phase: "joining",
  socket: "connecting",
  isBlocked: false,
  role: null,
  roundTripMs: null,
  waiting: null,
  waitingRoom: null,
  peers: [],
  messages: [],
  quality: "unknown",
  documentAsked: "no",
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

type RoomOptions = {
  address: string;
  clientId: string;
  iceServers: RTCIceServer[];
  media: Pick<OwnMedia, "store" | "tracks" | "onTrack" | "showDocument" | "close">;
  onOver: (phase: Phase) => void;
  onTrouble?: () => void;
  Socket?: typeof WebSocket;
};

type Handlers = { [Type in RoomMessage["type"]]: (message: Extract<RoomMessage, { type: Type }>) => void };

export type Room = ReturnType<typeof createRoom>;

// `onOver` is called once, when nothing more will come; `onTrouble` when the socket cannot be opened.
export function createRoom({ address, clientId, iceServers, media, onOver, onTrouble, Socket }: RoomOptions) {
  const store = createStore<RoomState>(EMPTY);
  const set = store.set;
  let peers: Peers | null = null;
  let ownName = "";
  let isOver = false;

  const stateOf = ({ camera, microphone, document }: OwnMediaState): MediaState => ({
    camera: isLive(camera),
    microphone: isLive(microphone),
    document: document.isOn ? "on" : "off",
  });
  const ownState = (): MediaState => {
    const state = stateOf(media.store.get());
    return state.document === "off" && store.get().documentAsked === "refused"
      ? { ...state, document: "refused" }
      : state;
  };
  const setParameters = (sender: RTCRtpSender) => {
    setSenderParameters(sender, media.store.get().document.isOn);
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

  function addMessage(message: Message) {
    if (store.get().messages.some(({ id }) => id === message.id)) return;
    set({ messages: [...store.get().messages, message].slice(-MAX_MESSAGES) });
  }

  function meshOf(name: string) {
    if (peers && ownName === name) return peers;
    if (peers) peers.close();
    ownName = name;
    peers = createPeers({
      ownName,
      iceServers,
      send: (to, data) => signalling.send({ type: "signal", to, data }),
      tracks: media.tracks(),
      setSenderParameters: setParameters,
      ownState,
      onChange: tellPeers,
      onLost: () => signalling.doubt(),
      onText: (from, { id, text }) => addMessage({ id: `${from.peer}.${id}`, name: from.name, role: from.role, text }),
      onFlood: ({ peer, name, role }) => addMessage({ id: `flood.${peer}`, name, role, isFlood: true }),
    });
    return peers;
  }

  function enter(message: Welcome | Admitted) {
    // Whoever comes back may have missed the admission: nobody waits any more.
    set({ waitingRoom: null });
    if (message.join_link) {
      closePeers();
      set({ phase: "elsewhere", elsewhere: message.join_link, peers: (message.peers || []).map(unseen) });
      return;
    }
    set({ phase: "call" });
    meshOf(ownName).reconcile(message.peers || []);
  }

  // Whoever is in another provider's room: known by name, and seen there.
  const unseen = (peer: Peer): PeerView => ({ ...peer, state: SILENT_STATE });
  const without = (name: string) => store.get().peers.filter(({ peer }) => peer !== name);

  function closePeers() {
    if (peers) peers.close();
    peers = null;
    set({ peers: [], quality: "unknown" });
  }

  function finish(phase: Phase, values: Partial<RoomState> = {}) {
    if (isOver) return;
    isOver = true;
    unsubscribe();
    closePeers();
    media.close();
    // Nothing of the talk remains on the page.
    set({ ...values, phase, messages: [], phone: null, waitingRoom: null, guests: [], invitations: [], invited: null });
    onOver(phase);
  }

  // Withdrawn ones go, wherever that was pressed: their links open nothing any more.
  const invitationsOf = (guests: Guest[]) =>
    store.get().invitations.filter(({ id }) => guests.some((one) => one.id === id));

  const messageHandlers: Handlers = {
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
      if (peers) peers.add(peer);
      else if (store.get().elsewhere) set({ peers: [...without(peer.peer), unseen(peer)] });
    },
    peer_left({ peer }) {
      if (peers) peers.remove(peer);
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
    already_joined: () => set({ phase: "already_joined" }),
    replaced: () => finish("replaced"),
    ended: ({ outcome }) => finish("ended", { outcome }),
    refused: ({ code }) => finish("refused", { refusal: code }),
  };

  // The ways of one's own camera and microphone to the others.
  let was = media.store.get();
  const unsubscribe = media.store.subscribe((now) => {
    const [before, after] = [stateOf(was), stateOf(now)];
    const differs = KEYS.some((name) => before[name] !== after[name]);
    if (was.document.isOn !== now.document.isOn) {
      if (now.document.isOn) set({ documentAsked: "no" });
      peers?.setAllSenderParameters();
    }
    was = now;
    if (differs) peers?.tellState();
  });
  media.onTrack((kind, track) => peers?.replaceTrack(kind, track));

  const signalling = openSignalling({
    address,
    clientId,
    ...(Socket && { Socket }),
    onMessage: (message) => {
      if (isOver || !Object.hasOwn(messageHandlers, message.type)) return;
      // Each handler takes the messages of its own type.
      (messageHandlers[message.type] as (message: RoomMessage) => void)(message);
    },
    onState: (socket) => set({ socket }),
    onRoundTrip: (roundTripMs) => set({ roundTripMs }),
    onTrouble,
  });

  return {
    store,
    takeOver: () => signalling.takeOver(),
    say(text: string) {
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
    askDocument: (isOn: boolean) => signalling.send({ type: "ask_document", is_on: isOn }),
    confirmIdentity: (document: IdentityDocument) => signalling.send({ type: "identity", document }),
    askPhone: () => signalling.send({ type: "phone" }),
    invite: (name: string) => signalling.send({ type: "invite", name }),
    withdraw: (guest: number) => signalling.send({ type: "withdraw", guest }),
    end: (outcome: Outcome) => signalling.send({ type: "end", outcome }),
    leave() {
      signalling.leave();
      finish("left");
    },
    // The answer may come when the socket is open after all.
    noteBlocked() {
      if (store.get().socket !== "open") set({ isBlocked: true });
    },
    // The server said meanwhile that there is no way in.
    refuse(code: string) {
      signalling.close();
      finish("refused", { refusal: code });
    },
    // For a page that goes away without leaving: the tab keeps its id, so that a reload comes back.
    dispose() {
      signalling.close();
      finish("disposed");
    },
  };
}
