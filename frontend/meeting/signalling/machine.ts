// When the meeting's socket is opened, doubted, given up and opened again: a table of states and events. It touches no
// socket and no clock; `signalling.ts` does what it says.
import { CLOSE_CODES } from "../protocol/generated.ts";
import type { RoomMessage } from "../protocol/messages.ts";

const FIRST_WAIT_MS = 300;
const MAX_WAIT_MS = 5000;
const FIRST_PATIENCE_MS = 2000;
const MAX_PATIENCE_MS = 6000;
const PROMPT_MS = 1000;
// To open takes several times there and back; the first attempt may be lost in a network that is just going.
const FIRST_OPENS_WITHIN_MS = 4000;
const OPENS_WITHIN_MS = 10000;
const TROUBLE_AFTER = 4;

// The server's last words: another device took the place, or nobody may join.
const FINAL_CODES: Record<number, RoomMessage> = {
  [CLOSE_CODES.REPLACED]: { type: "replaced" },
  [CLOSE_CODES.REFUSED]: { type: "refused", code: null },
};
const FINAL_MESSAGES = ["ended", "replaced", "refused"];

// "open" means that hello was said; "lost" that it is opened again by itself.
export type SocketState = "connecting" | "open" | "lost" | "closed";

export type State = {
  socket: SocketState;
  // Attempts to open since the last welcome.
  attempts: number;
  isTakingOver: boolean;
  // How long a ping may go without an answer.
  patienceMs: number;
  // When anything came last.
  heardAt: number;
};

export type Event =
  | { type: "opened"; at: number }
  // It neither opened nor failed in its time.
  | { type: "stuck" }
  | { type: "cut"; code: number }
  | { type: "retry" }
  | { type: "heard"; at: number; message: RoomMessage }
  | { type: "answered"; at: number; roundTripMs: number | null }
  | { type: "unanswered"; sentAt: number }
  // Another network, and perhaps one on which this socket is dead.
  | { type: "online" }
  | { type: "doubted" }
  | { type: "takeOver" }
  | { type: "close" };

export type Effect =
  | { do: "tell"; state: SocketState }
  | { do: "open"; withinMs: number }
  | { do: "drop" }
  | { do: "retry"; afterMs: number }
  | { do: "hello" }
  | { do: "ping" }
  | { do: "startPinging" }
  | { do: "deliver"; message: RoomMessage }
  | { do: "tellRoundTrip"; ms: number }
  | { do: "tellTrouble" }
  | { do: "release" };

export const START: State = {
  socket: "connecting",
  attempts: 0,
  isTakingOver: false,
  patienceMs: FIRST_PATIENCE_MS,
  heardAt: 0,
};

type Step = [State, ...Effect[]];
type Of<Type extends Event["type"]> = Extract<Event, { type: Type }>;
type Row = { [Type in Event["type"]]?: (state: State, event: Of<Type>) => Step };

export function connect(state: State): Step {
  const withinMs = state.attempts > 1 ? OPENS_WITHIN_MS : FIRST_OPENS_WITHIN_MS;
  return [
    { ...state, socket: "connecting" },
    { do: "tell", state: "connecting" },
    { do: "open", withinMs },
  ];
}

function again(state: State): Step {
  const attempts = state.attempts + 1;
  const afterMs = Math.min(FIRST_WAIT_MS * 2 ** state.attempts, MAX_WAIT_MS);
  const lost: Step = [
    { ...state, socket: "lost", attempts },
    { do: "drop" },
    { do: "tell", state: "lost" },
    { do: "retry", afterMs },
  ];
  return attempts % TROUBLE_AFTER === 0 ? [...lost, { do: "tellTrouble" }] : lost;
}

function cut(state: State, { code }: Of<"cut">): Step {
  const message = FINAL_CODES[code];
  if (!message) return again(state);
  return [
    { ...state, socket: "closed" },
    { do: "release" },
    { do: "drop" },
    { do: "tell", state: "closed" },
    { do: "deliver", message },
  ];
}

function heard(state: State, { at, message }: Of<"heard">): Step {
  const next = { ...state, heardAt: at };
  const deliver: Effect = { do: "deliver", message };
  if (message.type === "welcome") return [{ ...next, attempts: 0, isTakingOver: false }, deliver];
  if (!FINAL_MESSAGES.includes(message.type)) return [next, deliver];
  return [{ ...next, socket: "closed" }, deliver, { do: "release" }, { do: "drop" }, { do: "tell", state: "closed" }];
}

function answered(state: State, { at, roundTripMs }: Of<"answered">): Step {
  if (roundTripMs === null) return [{ ...state, heardAt: at }];
  const patienceMs = roundTripMs < PROMPT_MS ? FIRST_PATIENCE_MS : state.patienceMs;
  return [
    { ...state, heardAt: at, patienceMs },
    { do: "tellRoundTrip", ms: Math.round(roundTripMs) },
  ];
}

// In a hidden tab clocks run slowly: what counts is a ping without an answer, not the time since the last one. On a slow
// line it might have come: the next time it may take longer.
function unanswered(state: State, { sentAt }: Of<"unanswered">): Step {
  if (state.heardAt >= sentAt) return [state];
  return again({ ...state, patienceMs: Math.min(state.patienceMs * 2, MAX_PATIENCE_MS) });
}

function reopen(state: State): Step {
  const [connecting, ...effects] = connect({ ...state, attempts: 0 });
  return [connecting, { do: "drop" }, { do: "tell", state: "lost" }, ...effects];
}

const close = (state: State): Step => [
  { ...state, socket: "closed" },
  { do: "release" },
  { do: "drop" },
  { do: "tell", state: "closed" },
];

// What is not named changes nothing.
const TABLE: Record<SocketState, Row> = {
  connecting: {
    opened: (state, { at }) => [
      { ...state, socket: "open", heardAt: at },
      { do: "hello" },
      { do: "tell", state: "open" },
      { do: "startPinging" },
      { do: "ping" },
    ],
    stuck: again,
    cut,
    online: reopen,
    takeOver: (state) => [{ ...state, isTakingOver: true }],
    close,
  },
  open: {
    heard,
    answered,
    unanswered,
    cut,
    online: reopen,
    doubted: (state) => [state, { do: "ping" }],
    takeOver: (state) => [{ ...state, isTakingOver: true }, { do: "hello" }],
    close,
  },
  lost: {
    retry: connect,
    online: reopen,
    takeOver: (state) => [{ ...state, isTakingOver: true }],
    close,
  },
  closed: {},
};

export function step(state: State, event: Event): Step {
  // Each handler takes the events of its own type.
  const handler = TABLE[state.socket][event.type] as ((state: State, event: Event) => Step) | undefined;
  return handler ? handler(state, event) : [state];
}
