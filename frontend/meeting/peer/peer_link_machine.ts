// How the way to one other browser is found, lost and found again: a table of states and events. It touches no
// connection and no clock; `peer_link.ts` does what it says.
//
// A browser that was reloaded is a new one behind the same name, and a signal to the old one may still be under way.
// Therefore each connection has an id of its own, the two first tell each other theirs ("ready"), and every signal names
// both. The pair then negotiates by the perfect-negotiation pattern. The impolite one makes the first offer, with one
// line for sound and one for pictures, both ways: from then on a track is only replaced, and what is negotiated again is
// the way through the network alone. For that the polite one asks the impolite, so that neither has to roll an offer
// back: after a rollback by one peer, Chromium may freeze the pictures that the other peer shows.
import type { Signal, SignalContent } from "../protocol/signals.ts";
import { check, heardDescription, reopened, WATCHING, type Watchdog } from "./watchdog.ts";

const CONNECTS_WITHIN_MS = [10000, 15000, 20000] as const;
const DISCONNECTED_FOR_MS = 500;
const ANSWERED_WITHIN_MS = 5000;

// "bound" means that the id of the other's connection is known.
export type PairState = "unbound" | "bound" | "closed";
export type ConnectionState = "connecting" | "connected" | "lost";
export type TimerName = "connect" | "disconnect" | "answer";

export type State = {
  pair: PairState;
  isPolite: boolean;
  // As it is shown: a new connection to the same browser goes on as what the old one was.
  connection: ConnectionState;
  localId: string;
  remoteId: string | null;
  isOffering: boolean;
  // How many were made, over all connections: each has a number, which its answer repeats.
  offers: number;
  newestOffer: number;
  ignoresOffer: boolean;
  // Connections in a row that did not come about.
  failures: number;
  // For so short a time that it may come back by itself.
  isDisconnected: boolean;
  watchdog: Watchdog;
};

// What the browser says of the connection at the moment.
export type Seen = Pick<
  RTCPeerConnection,
  "connectionState" | "iceConnectionState" | "signalingState" | "localDescription" | "currentRemoteDescription"
>;

type Addresses = { from: string; to: string | null };

export type Happened =
  | { type: "opened"; id: string }
  | ({ type: "ready"; isBack: boolean } & Addresses)
  | ({ type: "restart" } & Addresses)
  | ({ type: "description"; description: RTCSessionDescriptionInit; offer: number } & Addresses)
  | ({ type: "candidate"; candidate: RTCIceCandidateInit } & Addresses)
  // One that came could not be taken; a late one belongs to an offer that was taken back.
  | { type: "signalFailed"; isLate: boolean }
  | { type: "taken"; kind: RTCSdpType; offer: number }
  | { type: "negotiationNeeded" }
  // One's own offer or answer was made.
  | { type: "described"; description: RTCSessionDescriptionInit; offer: number }
  | { type: "offerFailed" }
  | { type: "offerTakenBack" }
  | { type: "candidateFound"; candidate: RTCIceCandidateInit }
  | { type: "connectionChanged" }
  | { type: "connectTimeout" }
  | { type: "disconnectTimeout" }
  | { type: "answerTimeout" }
  // `bytes` came in all; `isSending` when the other says that its camera or microphone is on.
  | { type: "checked"; bytes: number; isSending: boolean }
  | { type: "socketIsBack" }
  | { type: "close" };

export type Event = Happened & { pc: Seen };

export type Effect =
  // A new connection in the place of the one before; "opened" tells its id.
  | { do: "open" }
  | { do: "shut" }
  | { do: "say"; signal: Signal }
  | { do: "addLines" }
  | { do: "makeOffer"; offer: number }
  | { do: "takeBackOffer" }
  | { do: "restartIce" }
  | { do: "takeDescription"; description: RTCSessionDescriptionInit; offer: number }
  | { do: "answer"; offer: number }
  | { do: "addCandidate"; candidate: RTCIceCandidateInit }
  | { do: "setSenderParameters" }
  | { do: "startTimer"; timer: TimerName; afterMs: number }
  | { do: "stopTimer"; timer: TimerName }
  | { do: "tellChange" }
  | { do: "tellLost" };

export type Step = [State, ...Effect[]];
type Of<Type extends Event["type"]> = Extract<Event, { type: Type }>;
type Handler<Type extends Event["type"]> = (state: State, event: Of<Type>) => Step;
type Row = { [Type in Event["type"]]?: Handler<Type> };

const START: Omit<State, "isPolite"> = {
  pair: "unbound",
  connection: "connecting",
  localId: "",
  remoteId: null,
  isOffering: false,
  offers: 0,
  newestOffer: 0,
  ignoresOffer: false,
  failures: 0,
  isDisconnected: false,
  watchdog: WATCHING,
};

export const start = (isPolite: boolean): Step => open({ ...START, isPolite });

const say = ({ localId, remoteId }: State, content: SignalContent, to = remoteId): Effect => ({
  do: "say",
  signal: { from: localId, to, ...content },
});

const stop = (timer: TimerName): Effect => ({ do: "stopTimer", timer });

const startConnectTimer = ({ failures }: State): Effect => ({
  do: "startTimer",
  timer: "connect",
  afterMs: CONNECTS_WITHIN_MS[failures as 0 | 1] ?? CONNECTS_WITHIN_MS[2],
});

const show = (state: State, connection: ConnectionState): Step =>
  state.connection === connection ? [state] : [{ ...state, connection }, { do: "tellChange" }];

// One step after the other.
function follow([state, ...effects]: Step, next: (state: State) => Step): Step {
  const [after, ...more] = next(state);
  return [after, ...effects, ...more];
}

function open(state: State, remoteId: string | null = null): Step {
  return [
    {
      ...state,
      pair: remoteId === null ? "unbound" : "bound",
      localId: "",
      remoteId,
      isOffering: false,
      newestOffer: 0,
      ignoresOffer: false,
      watchdog: reopened(state.watchdog),
    },
    { do: "open" },
    startConnectTimer(state),
  ];
}

function opened(state: State, { id }: Of<"opened">): Step {
  const next = { ...state, localId: id };
  return [next, ...linesOf(next), say(next, { ready: true })];
}

const linesOf = ({ pair, isPolite }: State): Effect[] => (pair === "bound" && !isPolite ? [{ do: "addLines" }] : []);

// Meant for a connection that is no more.
const isForAnother = ({ localId }: State, { to }: Addresses) => to !== null && to !== localId;
const tellAnew = (state: State): Step => [state, say(state, { ready: true }, null)];

function bind(state: State, event: Of<"ready">): Step {
  if (isForAnother(state, event)) return tellAnew(state);
  const bound: State = { ...state, pair: "bound", remoteId: event.from };
  return [bound, ...linesOf(bound), ...answerReady(bound, event)];
}

function hearReady(state: State, event: Of<"ready">): Step {
  if (isForAnother(state, event)) return tellAnew(state);
  if (event.from !== state.remoteId) return meetAnew(state, event);
  const answered: Step = [state, ...answerReady(state, event)];
  // Its socket was away, and with it perhaps what was offered.
  return event.isBack && !state.isPolite ? follow(answered, (next) => lookAgain(next, event)) : answered;
}

// A connection on which nothing was negotiated is as good as a new one. If both sides answered each new connection with
// another, signals that cross could keep them at it for ever.
function meetAnew(state: State, { from, to, pc }: Of<"ready">): Step {
  const isUnused = state.isPolite && pc.signalingState === "stable" && !pc.localDescription;
  if (!isUnused) return open(state, to === null ? from : null);
  const next = { ...state, remoteId: from };
  return [next, say(next, { ready: true })];
}

const answerReady = (state: State, { to }: Addresses) => (to === null ? [say(state, { ready: true })] : []);

// Signals of this very pair of connections alone.
const ifOurs =
  <Heard extends Addresses>(handler: (state: State, event: Heard) => Step) =>
  (state: State, event: Heard): Step =>
    event.to === state.localId && event.from === state.remoteId ? handler(state, event) : [state];

function hearDescription(state: State, { description, offer, pc }: Of<"description">): Step {
  const { type } = description;
  // The answer to an offer that was taken back fits no other.
  if (type === "answer" && offer !== state.offers) return [state];
  if (type !== "offer")
    return [
      { ...state, ignoresOffer: false },
      { do: "takeDescription", description, offer },
    ];
  // Over a socket that was just replaced an older offer may come late: its answer would fit nothing, and each side
  // would wait at another door.
  if (!(offer > state.newestOffer)) return [state];
  const ignoresOffer = !state.isPolite && (state.isOffering || pc.signalingState !== "stable");
  const next = { ...state, newestOffer: offer, ignoresOffer };
  return ignoresOffer ? [next] : [next, { do: "takeDescription", description, offer }];
}

function taken(state: State, { kind, offer }: Of<"taken">): Step {
  const next = { ...state, watchdog: heardDescription(state.watchdog) };
  return kind === "offer" ? [next, { do: "answer", offer }] : [next];
}

// An answer to an offer that was taken back, or a candidate of one that was ignored, is no trouble.
const signalFailed = (state: State, { isLate }: Of<"signalFailed">): Step =>
  isLate || state.ignoresOffer ? [state] : [state, startConnectTimer(state)];

// Before anything is waited for: from here on the answer to the offer before fits no more.
function offer(state: State): Step {
  const offers = state.offers + 1;
  return [
    { ...state, isOffering: true, offers },
    { do: "makeOffer", offer: offers },
  ];
}

function described(state: State, { description, offer }: Of<"described">): Step {
  const said = say(state, { description, offer });
  if (description.type !== "offer") return [state, said];
  // While the old way still carries the pictures, nothing else would tell that the offer was lost.
  return [{ ...state, isOffering: false }, said, { do: "startTimer", timer: "answer", afterMs: ANSWERED_WITHIN_MS }];
}

// An offer without an answer may be lost: it is taken back, and the new one has the addresses of now. The very first is
// not taken back, as its lines might come back under other names: the connection is made anew.
function renegotiate(state: State, pc: Seen): Step {
  if (!pc.localDescription) return [state];
  if (!pc.currentRemoteDescription) return open(state);
  return [state, { do: pc.signalingState === "have-local-offer" ? "takeBackOffer" : "restartIce" }];
}

function lookAgain(state: State, { pc }: Event): Step {
  const waitedFor: Step = [{ ...state, isDisconnected: false }, stop("disconnect")];
  if (pc.connectionState === "closed") return waitedFor;
  const lost = pc.connectionState === "connected" ? waitedFor : follow(waitedFor, lose);
  return follow(lost, (next) => (next.isPolite ? [next, say(next, { restart: true })] : renegotiate(next, pc)));
}

function lose(state: State): Step {
  const shown: Step = state.connection === "connected" ? show(state, "lost") : [state];
  return [...shown, startConnectTimer(state)];
}

function connectionChanged(state: State, event: Of<"connectionChanged">): Step {
  const { connectionState, iceConnectionState } = event.pc;
  if (connectionState === "connected") {
    const [next, ...told] = show({ ...state, failures: 0, isDisconnected: false }, "connected");
    return [next, stop("connect"), stop("disconnect"), { do: "setSenderParameters" }, ...told];
  }
  if (connectionState === "failed" || iceConnectionState === "failed") return lookAgain(state, event);
  if (iceConnectionState !== "disconnected" || state.isDisconnected) return [state];
  const [next, ...told] = show({ ...state, isDisconnected: true }, "lost");
  return [next, { do: "startTimer", timer: "disconnect", afterMs: DISCONNECTED_FOR_MS }, ...told, { do: "tellLost" }];
}

function connectTimeout(state: State, { pc }: Of<"connectTimeout">): Step {
  if (pc.connectionState === "connected") return [state];
  return follow(open({ ...state, failures: state.failures + 1 }), (next) => show(next, "lost"));
}

function checked(state: State, event: Of<"checked">): Step {
  const { bytes, isSending, pc } = event;
  const { isPolite } = state;
  const isExpecting = pc.signalingState === "stable" && isSending;
  const [watchdog, isStale] = check(state.watchdog, { bytes, isPolite, isExpecting });
  const next = { ...state, watchdog };
  return isStale ? lookAgain(next, event) : [next];
}

// Perhaps over another network: what was said meanwhile is lost, and what still moves may have begun to die.
function socketIsBack(state: State, event: Of<"socketIsBack">): Step {
  const told: Step = [state, say(state, { ready: true, is_back: true })];
  return state.isPolite ? told : follow(told, (next) => lookAgain(next, event));
}

const close = (state: State): Step => [{ ...state, pair: "closed" }, { do: "shut" }];

// What is not named changes nothing.
const TABLE: Record<PairState, Row> = {
  unbound: {
    opened,
    ready: bind,
    connectTimeout,
    socketIsBack,
    close,
  },
  bound: {
    opened,
    ready: hearReady,
    restart: ifOurs<Of<"restart">>(lookAgain),
    description: ifOurs(hearDescription),
    candidate: ifOurs((state, { candidate }: Of<"candidate">) => [state, { do: "addCandidate", candidate }]),
    signalFailed,
    taken,
    negotiationNeeded: offer,
    described,
    offerFailed: (state) => [{ ...state, isOffering: false }],
    offerTakenBack: (state) => [state, { do: "restartIce" }],
    candidateFound: (state, { candidate }) => [state, say(state, { candidate })],
    connectionChanged,
    connectTimeout,
    disconnectTimeout: lookAgain,
    answerTimeout: (state, { pc }) => (pc.signalingState === "have-local-offer" ? renegotiate(state, pc) : [state]),
    checked,
    socketIsBack,
    close,
  },
  closed: {},
};

export function step(state: State, event: Event): Step {
  // Each handler takes the events of its own type.
  const handler = TABLE[state.pair][event.type] as ((state: State, event: Event) => Step) | undefined;
  return handler ? handler(state, event) : [state];
}
