import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { asSocket, FakeSocket } from "../testing/socket.ts";
import { DayListening } from "./day_listening.ts";

let isHidden = false;
let read: ReturnType<typeof vi.fn<() => void>>;
let listening: DayListening;

beforeEach(() => {
  vi.useFakeTimers();
  FakeSocket.all = [];
  isHidden = false;
  read = vi.fn<() => void>();
  listening = new DayListening({
    url: "ws://site/api/desk/live",
    onChange: read,
    isHidden: () => isHidden,
    open: () => new asSocket("ws://site"),
    random: () => 0.5,
  });
  listening.start();
  FakeSocket.last.open();
  FakeSocket.last.say({ type: "listening" });
});

afterEach(() => {
  listening.stop();
  vi.useRealTimers();
});

const changed = () => FakeSocket.last.say({ type: "changed", what: "arrived" });

test("all that changes within a moment is read once", () => {
  changed();
  vi.advanceTimersByTime(200);
  changed();
  vi.advanceTimersByTime(299);
  expect(read).not.toHaveBeenCalled();
  vi.advanceTimersByTime(1);
  expect(read).toHaveBeenCalledTimes(1);
  vi.advanceTimersByTime(10_000);
  expect(read).toHaveBeenCalledTimes(1);
  changed();
  vi.advanceTimersByTime(450);
  expect(read).toHaveBeenCalledTimes(2);
});

test("where something changes all the time, the first of it waits no longer, and the last is read, too", () => {
  for (let times = 0; times < 7; times += 1) {
    changed();
    vi.advanceTimersByTime(100);
  }
  expect(read).toHaveBeenCalledTimes(1);
  vi.advanceTimersByTime(600);
  expect(read).toHaveBeenCalledTimes(2);
  vi.advanceTimersByTime(10_000);
  expect(read).toHaveBeenCalledTimes(2);
});

test("who looks at the page again just after the news reads at once, and again when it is sure to be in the answer", () => {
  isHidden = true;
  changed();
  vi.advanceTimersByTime(100);
  isHidden = false;
  listening.lookAgain();
  expect(read).toHaveBeenCalledTimes(1);
  vi.advanceTimersByTime(600);
  expect(read).toHaveBeenCalledTimes(2);
});

test("without news the day is read once a minute", () => {
  for (let seconds = 0; seconds < 120; seconds += 20) {
    FakeSocket.last.say({ type: "alive" });
    vi.advanceTimersByTime(20_000);
  }
  expect(read).toHaveBeenCalledTimes(2);
});

test("a hidden page reads nothing, and reads at once when it is looked at again", () => {
  isHidden = true;
  changed();
  vi.advanceTimersByTime(120_000);
  expect(read).not.toHaveBeenCalled();
  isHidden = false;
  listening.lookAgain();
  expect(read).toHaveBeenCalledTimes(1);
});

test("a lost line comes back by itself, and the day is read then", () => {
  FakeSocket.last.cut();
  expect(FakeSocket.all).toHaveLength(1);
  vi.advanceTimersByTime(1000);
  expect(FakeSocket.all).toHaveLength(2);
  FakeSocket.last.open();
  FakeSocket.last.say({ type: "listening" });
  vi.advanceTimersByTime(600);
  expect(read).toHaveBeenCalledTimes(1);
});

test("the longer the line is down, the more seldom it is tried", () => {
  for (let times = 0; times < 8; times += 1) {
    FakeSocket.last.cut();
    vi.advanceTimersByTime(30_000);
  }
  const before = FakeSocket.all.length;
  FakeSocket.last.cut();
  vi.advanceTimersByTime(20_000);
  expect(FakeSocket.all).toHaveLength(before);
  vi.advanceTimersByTime(10_000);
  expect(FakeSocket.all).toHaveLength(before + 1);
});

test("a line on which nothing is heard is given up and opened anew", () => {
  vi.advanceTimersByTime(51_000);
  expect(FakeSocket.all[0]?.readyState).toBe(3);
  vi.advanceTimersByTime(1000);
  expect(FakeSocket.all).toHaveLength(2);
});

test("whoever may not hear any more reads once, which leads to the sign-in, and asks no more", () => {
  FakeSocket.last.cut(4001);
  expect(read).toHaveBeenCalledTimes(1);
  vi.advanceTimersByTime(50_000);
  expect(FakeSocket.all).toHaveLength(1);
});

test("a page that is left asks nothing more", () => {
  changed();
  listening.stop();
  vi.advanceTimersByTime(120_000);
  expect(read).not.toHaveBeenCalled();
  expect(FakeSocket.all).toHaveLength(1);
});
