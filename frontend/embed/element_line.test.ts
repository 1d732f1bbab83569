import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { type Failure, FrameLine } from "./element_line.ts";
import type { FromFrame } from "./messages.ts";

// Node's own; the timers that tests move are others.
declare const setImmediate: (run: (value?: unknown) => void) => void;

const SITE = "https://book.example.gr";

/** The frame's window: takes what the element posts, and speaks by the port that it was given. */
class FakeFrame extends EventTarget {
  readonly posted: { targetOrigin: string; data: unknown }[] = [];
  port: MessagePort | null = null;

  postMessage(data: unknown, { targetOrigin, transfer }: { targetOrigin: string; transfer: MessagePort[] }) {
    this.posted.push({ targetOrigin, data });
    this.port = transfer[0] ?? null;
  }

  /** Says something, and waits until it was heard. */
  async say(...messages: object[]) {
    for (const message of messages) this.port?.postMessage({ dimoslive: 1, ...message });
    await new Promise((heard) => setImmediate(() => setImmediate(heard)));
  }
}

let frame: FakeFrame;
let line: FrameLine;
let messages: FromFrame[];
let failures: Failure[];

beforeEach(() => {
  vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout", "performance"] });
  frame = new FakeFrame();
  messages = [];
  failures = [];
  line = new FrameLine({
    site: SITE,
    window: () => frame as unknown as MessageEventSource,
    connect: () => ({ dimoslive: 1, type: "connect", lang: "el", display: "inline" }),
    onMessage: (message) => messages.push(message),
    onFailure: (failure) => failures.push(failure),
  });
});

afterEach(() => {
  line.stop();
  frame.port?.close();
  vi.useRealTimers();
});

const hello = (more: object = {}) =>
  line.heard({
    source: frame as unknown as MessageEventSource,
    origin: SITE,
    isTrusted: true,
    data: { dimoslive: 1, type: "hello" },
    ...more,
  });

test("a document that says hello gets the port, and nobody else can read it", () => {
  hello();
  expect(frame.posted).toEqual([
    { targetOrigin: SITE, data: { dimoslive: 1, type: "connect", lang: "el", display: "inline" } },
  ]);
});

test.each([
  ["another window", { source: new FakeFrame() as unknown as MessageEventSource }],
  ["another site in the frame", { origin: "https://www.evil.test" }],
  ["an event that a script made", { isTrusted: false }],
  ["what is no hello", { data: { dimoslive: 1, type: "ready", title: "x" } }],
])("%s gets none", (_, more) => {
  hello(more);
  expect(frame.posted).toEqual([]);
});

test("what the frame says is heard, and what is no message is dropped", async () => {
  hello();
  await frame.say(
    { type: "ready", title: "Κράτηση" },
    { type: "height", px: -5 },
    { type: "focus" },
    { type: "height", px: 640 },
  );
  expect(messages.map(({ type }) => type)).toEqual(["ready", "height"]);
});

test("more than fifty messages a second are dropped", async () => {
  hello();
  await frame.say(...Array.from({ length: 10_000 }, (_, at) => ({ type: "height", px: 100 + at })));
  expect(messages.length).toBe(49);
  vi.advanceTimersByTime(1000);
  await frame.say({ type: "height", px: 200 });
  expect(messages.length).toBe(50);
});

test("a frame that loads and says nothing was refused", () => {
  line.loaded();
  vi.advanceTimersByTime(499);
  expect(failures).toEqual([]);
  vi.advanceTimersByTime(1);
  expect(failures).toEqual(["blocked"]);
});

test("hello may come a moment after load", () => {
  line.loaded();
  vi.advanceTimersByTime(400);
  hello();
  vi.advanceTimersByTime(1000);
  expect(failures).toEqual([]);
});

test("a dead server is given up after ten seconds", () => {
  vi.advanceTimersByTime(10_000);
  expect(failures).toEqual(["timeout"]);
});

test("a document that never gets ready is given up", async () => {
  hello();
  line.loaded();
  vi.advanceTimersByTime(20_000);
  expect(failures).toEqual(["timeout"]);
});

test("a frame that is ready may take its time, and its next document is connected anew", async () => {
  hello();
  line.loaded();
  await frame.say({ type: "ready", title: "Κράτηση" });
  const first = frame.port;
  vi.advanceTimersByTime(60_000);
  hello();
  await frame.say({ type: "height", px: 300 });
  expect(failures).toEqual([]);
  expect(messages.map(({ type }) => type)).toEqual(["ready", "height"]);
  first?.close();
});

test("a later document that is refused ends the frame", () => {
  hello();
  line.loaded();
  line.loaded();
  vi.advanceTimersByTime(500);
  expect(failures).toEqual(["blocked"]);
});

test("a sandbox without an origin is told apart", () => {
  hello({ origin: "null" });
  expect(failures).toEqual(["sandboxed"]);
});

test("after its end nothing is heard and nothing fails", async () => {
  hello();
  line.stop();
  await frame.say({ type: "height", px: 640 });
  hello();
  vi.advanceTimersByTime(60_000);
  expect([messages, failures, frame.posted.length]).toEqual([[], [], 1]);
});
