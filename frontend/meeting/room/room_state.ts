// What becomes of a meeting by what the server says and what is done here: a table of messages. It touches no socket, no
// connection and no device; `room.ts` does what it says.
import type { PeerView } from "../peer/peers.ts";
import type { Quality } from "../peer/quality.ts";
import { SILENT_STATE } from "../protocol/channel_messages.ts";
import type {
  Admitted,
  Guest,
  GuestInvite,
  JoinLink,
  Peer,
  Phone,
  Role,
  RoomMessage,
  Waiting,
  WaitingRoom,
} from "../protocol/messages.ts";
import type { IncomingSignal } from "../protocol/signals.ts";
import type { SocketState } from "../signalling/machine.ts";

const MAX_MESSAGES = 500;

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
  // One's own in this room, as the server gave it.
  ownName: string;
  // Connected to the others; not while waiting, and not with another provider.
  isMeshed: boolean;
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

export const START: RoomState = {
  phase: "joining",
  ownName: "",
  isMeshed: false,
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

export type Effect =
  | { do: "meetPeers"; peers: Peer[] }
  | { do: "addPeer"; peer: Peer }
  | { do: "removePeer"; name: string }
  | { do: "leavePeers" }
  | { do: "passSignal"; from: string; data: IncomingSignal | null }
  | { do: "hideDocument" }
  // One's own, to the others.
  | { do: "tellState" }
  // Nothing more will come.
  | { do: "finish" };

export type Step = [RoomState, ...Effect[]];
type Of<Type extends RoomMessage["type"]> = Extract<RoomMessage, { type: Type }>;
type Table = { [Type in RoomMessage["type"]]: (state: RoomState, message: Of<Type>) => Step };

const OVER: Phase[] = ["replaced", "ended", "refused", "left", "disposed"];

// Of whoever is in another provider's room: known by name, and seen there.
const unseen = (peer: Peer): PeerView => ({ ...peer, state: SILENT_STATE });
const without = ({ peers }: RoomState, name: string) => peers.filter(({ peer }) => peer !== name);

const leavePeers = (state: RoomState): Step => [
  { ...state, isMeshed: false, peers: [], quality: "unknown" },
  { do: "leavePeers" },
];

function enter(state: RoomState, { join_link, peers = [] }: Pick<Admitted, "join_link" | "peers">): Step {
  // Whoever comes back may have missed the admission: nobody waits any more.
  const next = { ...state, waitingRoom: null };
  if (!join_link)
    return [
      { ...next, phase: "call", isMeshed: true },
      { do: "meetPeers", peers },
    ];
  const [alone, ...effects] = leavePeers(next);
  return [{ ...alone, phase: "elsewhere", elsewhere: join_link, peers: peers.map(unseen) }, ...effects];
}

function welcome(before: RoomState, message: Of<"welcome">): Step {
  const { peer, role } = message;
  const isSame = before.ownName === peer;
  const [known, ...left]: Step = isSame && message.state === "admitted" ? [before] : leavePeers(before);
  const state = { ...known, ownName: peer, role, isBlocked: false };
  if (message.state === "admitted") {
    const [next, ...effects] = enter(state, message);
    return [next, ...left, ...effects];
  }
  const { elsewhere } = state;
  const waiting: RoomState = {
    ...state,
    // Who waits now was not seen, and is not in the other provider's room.
    identity: null,
    phone: null,
    documentAsked: "no",
    elsewhere: elsewhere && { ...elsewhere, isLeft: true },
    // An official waits in the room itself, where the citizen's coming is seen.
    phase: role !== "official" ? "waiting" : elsewhere ? "elsewhere" : "call",
  };
  return [waiting, ...left];
}

function peerJoined(state: RoomState, { peer }: Of<"peer_joined">): Step {
  if (state.isMeshed) return [state, { do: "addPeer", peer }];
  return [state.elsewhere ? { ...state, peers: [...without(state, peer.peer), unseen(peer)] } : state];
}

const peerLeft = (state: RoomState, { peer }: Of<"peer_left">): Step =>
  state.isMeshed ? [state, { do: "removePeer", name: peer }] : [{ ...state, peers: without(state, peer) }];

function askDocument(state: RoomState, { is_on }: Of<"ask_document">): Step {
  const asked: RoomState = { ...state, documentAsked: is_on ? "yes" : "no" };
  return is_on ? [asked, { do: "tellState" }] : [asked, { do: "hideDocument" }, { do: "tellState" }];
}

// Withdrawn ones go, wherever that was pressed: their links open nothing any more.
function showGuests(state: RoomState, { guests }: Of<"guests">): Step {
  const invitations = state.invitations.filter(({ id }) => guests.some((one) => one.id === id));
  return [{ ...state, guests, invitations }];
}

function invite(state: RoomState, { id, name, path }: Of<"invited">): Step {
  const invited = { id, name, path };
  return [{ ...state, invited, invitations: [...state.invitations, invited] }];
}

const TABLE: Table = {
  welcome,
  waiting: (state, waiting) => [{ ...state, waiting }],
  waiting_room: (state, message) => [{ ...state, waitingRoom: message.is_present ? message : null, problem: null }],
  admitted: (state, message) => enter({ ...state, problem: null }, message),
  peer_joined: peerJoined,
  peer_left: peerLeft,
  signal: (state, { from, data }) => [state, { do: "passSignal", from, data }],
  ask_document: askDocument,
  phone: (state, phone) => [{ ...state, phone }],
  identity: (state, { document }) => [{ ...state, identity: document }],
  guests: showGuests,
  invited: invite,
  problem: (state, { code }) => [{ ...state, problem: code }],
  already_joined: (state) => [{ ...state, phase: "already_joined" }],
  replaced: (state) => finish(state, { phase: "replaced" }),
  ended: (state, { outcome }) => finish(state, { phase: "ended", outcome }),
  refused: (state, { code }) => finish(state, { phase: "refused", refusal: code }),
};

// What the server says; a word that is not known changes nothing.
export function hear(state: RoomState, message: RoomMessage): Step {
  if (OVER.includes(state.phase) || !Object.hasOwn(TABLE, message.type)) return [state];
  // Each handler takes the messages of its own type.
  return (TABLE[message.type] as (state: RoomState, message: RoomMessage) => Step)(state, message);
}

// Nothing of the talk remains on the page.
export function finish(state: RoomState, values: Partial<RoomState> & { phase: Phase }): Step {
  if (OVER.includes(state.phase)) return [state];
  const [alone, ...effects] = leavePeers(state);
  const nothing = { messages: [], phone: null, waitingRoom: null, guests: [], invitations: [], invited: null };
  return [{ ...alone, ...values, ...nothing }, ...effects, { do: "finish" }];
}

export function addMessage(state: RoomState, message: Message): Step {
  if (state.messages.some(({ id }) => id === message.id)) return [state];
  return [{ ...state, messages: [...state.messages, message].slice(-MAX_MESSAGES) }];
}

export const refuseDocument = (state: RoomState): Step => [{ ...state, documentAsked: "refused" }, { do: "tellState" }];
