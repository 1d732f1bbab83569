// The socket that opens again by itself, on a clock that the test moves.
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { asSocket, FakeSocket } from "../../testing/socket.ts";
import type { RoomMessage } from "../protocol/messages.ts";
import type { SocketState } from "./machine.ts";
import { openSignalling, type Signalling } from "./signalling.ts";

const WELCOME = { type: "welcome", peer: "p1", role: "citizen", state: "waiting" };

let signalling: Signalling;
let states: SocketState[];
let messages: RoomMessage[];
let roundTrips: number[];
let onTrouble: ReturnType<typeof vi.fn<() => void>>;

const sentOf = (type: string) => FakeSocket.last.sent.filter((message) => message.type === type);

// Answers each ping, as a server that is there.
function answer() {
  for (const ping of sentOf("ping")) FakeSocket.last.say({ ...ping, type: "pong" });
}

beforeEach(() => {
  vi.useFakeTimers();
  vi.spyOn(Math, "random").mockReturnValue(1);
  FakeSocket.all = [];
  states = [];
  messages = [];
  roundTrips = [];
  onTrouble = vi.fn();
  signalling = openSignalling({
    address: "wss://a.example/socket",
    clientId: "0a",
    onMessage: (message) => messages.push(message),
    onState: (state) => states.push(state),
    onRoundTrip: (ms) => roundTrips.push(ms),
    onTrouble,
    Socket: asSocket,
  });
});

afterEach(() => {
  signalling.close();
  vi.useRealTimers();
});

test("it says hello with the tab's id, and pings from then on", () => {
  FakeSocket.last.open();
  expect(FakeSocket.last.sent[0]).toMatchObject({ type: "hello", client_id: "0a", take_over: false });
  vi.advanceTimersByTime(1000);
  expect(sentOf("ping")).toHaveLength(2);
  expect(states).toEqual(["connecting", "open"]);
});

test("a reopened socket is the same page, to the same tab", () => {
  FakeSocket.last.open();
  const [hello] = FakeSocket.last.sent;
  FakeSocket.last.cut();
  vi.advanceTimersByTime(300);
  FakeSocket.last.open();
  expect(FakeSocket.all).toHaveLength(2);
  expect(FakeSocket.last.sent[0]).toEqual(hello);
});

test("each attempt waits twice as long as the one before, to a limit", () => {
  const waits = [300, 600, 1200, 2400, 4800, 5000, 5000];
  for (const [at, wait] of waits.entries()) {
    FakeSocket.last.cut();
    vi.advanceTimersByTime(wait - 1);
    expect(FakeSocket.all).toHaveLength(at + 1);
    vi.advanceTimersByTime(1);
    expect(FakeSocket.all).toHaveLength(at + 2);
  }
});

test("a welcome ends the waiting: the next cut is answered soon", () => {
  for (const wait of [300, 600, 1200]) {
    FakeSocket.last.cut();
    vi.advanceTimersByTime(wait);
  }
  FakeSocket.last.open();
  FakeSocket.last.say(WELCOME);
  FakeSocket.last.cut();
  vi.advanceTimersByTime(300);
  expect(FakeSocket.all).toHaveLength(5);
});

test("an attempt that neither opens nor fails is given up", () => {
  vi.advanceTimersByTime(4000);
  expect(states).toEqual(["connecting", "lost"]);
  vi.advanceTimersByTime(300);
  expect(FakeSocket.all).toHaveLength(2);
});

// The first one goes out with the opening, which itself is a sign of life: here the clock stands still between the two.
const FIRST_DOUBTED_MS = 1000;

test("a ping without an answer for two seconds is a lost socket", () => {
  FakeSocket.last.open();
  vi.advanceTimersByTime(FIRST_DOUBTED_MS + 1999);
  expect(states.at(-1)).toBe("open");
  vi.advanceTimersByTime(1);
  expect(states.at(-1)).toBe("lost");
});

test("a slow line is given more time the next time, until it is prompt again", () => {
  FakeSocket.last.open();
  vi.advanceTimersByTime(FIRST_DOUBTED_MS + 2000 + 300);
  FakeSocket.last.open();
  vi.advanceTimersByTime(FIRST_DOUBTED_MS + 3999);
  expect(states.at(-1)).toBe("open");
  answer();
  vi.advanceTimersByTime(2000);
  expect(states.at(-1)).toBe("open");
  vi.advanceTimersByTime(1);
  expect(states.at(-1)).toBe("lost");
});

test("the round trip is measured by the answer to its own ping", () => {
  FakeSocket.last.open();
  vi.advanceTimersByTime(40);
  answer();
  FakeSocket.last.say({ type: "pong", n: 99 });
  expect(roundTrips).toEqual([40]);
});

test("a network that comes back opens a new socket at once", () => {
  vi.stubGlobal("removeEventListener", () => {});
  let online = () => {};
  vi.stubGlobal("addEventListener", (_: string, listener: () => void) => {
    online = listener;
  });
  const other = openSignalling({
    address: "",
    clientId: "0b",
    onMessage: () => {},
    onState: () => {},
    Socket: asSocket,
  });
  const before = FakeSocket.all.length;
  FakeSocket.last.open();
  online();
  expect(FakeSocket.all).toHaveLength(before + 1);
  other.close();
});

test.each([
  [4000, { type: "replaced" }],
  [4001, { type: "refused", code: null }],
])("after the server's last word %i no socket is opened again", (code, message) => {
  FakeSocket.last.open();
  FakeSocket.last.cut(code);
  vi.advanceTimersByTime(60_000);
  expect(messages).toEqual([message]);
  expect(FakeSocket.all).toHaveLength(1);
  expect(states.at(-1)).toBe("closed");
});

test.each([{ type: "ended", outcome: null }, { type: "replaced" }, { type: "refused", code: "not_found" }])(
  "what ends the meeting ends the socket: $type",
  (message) => {
    FakeSocket.last.open();
    FakeSocket.last.say(message);
    vi.advanceTimersByTime(60_000);
    expect(messages).toEqual([message]);
    expect(FakeSocket.all).toHaveLength(1);
  },
);

test("trouble is told when opening fails again and again", () => {
  for (const wait of [300, 600, 1200]) {
    FakeSocket.last.cut();
    vi.advanceTimersByTime(wait);
  }
  expect(onTrouble).not.toHaveBeenCalled();
  FakeSocket.last.cut();
  expect(onTrouble).toHaveBeenCalledTimes(1);
});

test("taking over is asked for until it was granted", () => {
  FakeSocket.last.open();
  signalling.takeOver();
  FakeSocket.last.cut();
  vi.advanceTimersByTime(300);
  FakeSocket.last.open();
  expect(sentOf("hello").at(-1)).toMatchObject({ take_over: true });
  FakeSocket.last.say(WELCOME);
  FakeSocket.last.cut();
  vi.advanceTimersByTime(300);
  FakeSocket.last.open();
  expect(sentOf("hello").at(-1)).toMatchObject({ take_over: false });
});

test("what is no message is not heard", () => {
  FakeSocket.last.open();
  FakeSocket.last.onmessage({ data: "{" });
  FakeSocket.last.onmessage({ data: "null" });
  FakeSocket.last.onmessage({ data: "[]" });
  expect(messages).toEqual([]);
});

test("nothing can be sent without a socket, and leaving is said", () => {
  expect(signalling.send({ type: "admit" })).toBe(false);
  FakeSocket.last.open();
  expect(signalling.send({ type: "admit" })).toBe(true);
  signalling.leave();
  expect(FakeSocket.last.sent.at(-1)).toEqual({ type: "bye" });
});
