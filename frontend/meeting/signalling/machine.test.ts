import { expect, test } from "vitest";
import type { RoomMessage } from "../protocol/messages.ts";
import { type Effect, type Event, type SocketState, START, type State, step } from "./machine.ts";

const OPEN: State = { ...START, socket: "open", heardAt: 1000 };
const WELCOME: RoomMessage = {
  type: "welcome",
  peer: "p1",
  role: "citizen",
  state: "waiting",
  peers: [],
  join_link: null,
};

const EVENTS: Event[] = [
  { type: "opened", at: 2000 },
  { type: "stuck" },
  { type: "cut", code: 1006 },
  { type: "retry" },
  { type: "heard", at: 2000, message: WELCOME },
  { type: "answered", at: 2000, roundTripMs: 50 },
  { type: "unanswered", sentAt: 1500 },
  { type: "online" },
  { type: "doubted" },
  { type: "takeOver" },
  { type: "close" },
];

const doneBy = (state: State, event: Event) => step(state, event).slice(1) as Effect[];

// From each state, what an event leads to; what is not named changes nothing.
const LEADS_TO: Record<SocketState, Partial<Record<Event["type"], SocketState>>> = {
  connecting: {
    opened: "open",
    stuck: "lost",
    cut: "lost",
    online: "connecting",
    takeOver: "connecting",
    close: "closed",
  },
  open: {
    heard: "open",
    answered: "open",
    unanswered: "lost",
    cut: "lost",
    online: "connecting",
    doubted: "open",
    takeOver: "open",
    close: "closed",
  },
  lost: { retry: "connecting", online: "connecting", takeOver: "lost", close: "closed" },
  closed: {},
};

test.each(Object.keys(LEADS_TO) as SocketState[])(
  "from the state %s each event leads where the table says",
  (socket) => {
    const state = { ...OPEN, socket };
    for (const event of EVENTS) {
      const [next, ...effects] = step(state, event);
      const expected = LEADS_TO[socket][event.type];
      expect(next.socket, event.type).toBe(expected ?? socket);
      if (!expected) expect([next, effects], event.type).toEqual([state, []]);
    }
  },
);

test("a socket that is lost is dropped before it is told", () => {
  const order = doneBy(OPEN, { type: "cut", code: 1006 }).map((effect) => effect.do);
  expect(order).toEqual(["drop", "tell", "retry"]);
});

test("a ping that was answered meanwhile is no sign", () => {
  expect(step(OPEN, { type: "unanswered", sentAt: 1000 })).toEqual([OPEN]);
});

test("after some attempts the slow networks are given more time", () => {
  const opens = [0, 1, 2, 3].map((attempts) => doneBy({ ...OPEN, socket: "lost", attempts }, { type: "retry" }).at(-1));
  expect(opens.map((effect) => (effect?.do === "open" ? effect.withinMs : null))).toEqual([4000, 4000, 10000, 10000]);
});

test("what ends the meeting is told before the socket is closed", () => {
  const order = doneBy(OPEN, { type: "heard", at: 2000, message: { type: "replaced" } }).map((effect) => effect.do);
  expect(order).toEqual(["deliver", "release", "drop", "tell"]);
});
