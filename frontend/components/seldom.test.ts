import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { seldom } from "./seldom.ts";

beforeEach(() => vi.useFakeTimers());
afterEach(() => vi.useRealTimers());

test("the first time is at once", () => {
  const run = vi.fn();
  seldom(run, 2000)();
  expect(run).toHaveBeenCalledTimes(1);
});

test("what comes too soon is one more time, when it may be", () => {
  const run = vi.fn();
  const ask = seldom(run, 2000);
  for (let times = 0; times < 10; times++) ask();
  vi.advanceTimersByTime(1999);
  expect(run).toHaveBeenCalledTimes(1);
  vi.advanceTimersByTime(1);
  expect(run).toHaveBeenCalledTimes(2);
  vi.advanceTimersByTime(10_000);
  expect(run).toHaveBeenCalledTimes(2);
});

test("after a pause it is at once again", () => {
  const run = vi.fn();
  const ask = seldom(run, 2000);
  ask();
  vi.advanceTimersByTime(2000);
  ask();
  expect(run).toHaveBeenCalledTimes(2);
});
