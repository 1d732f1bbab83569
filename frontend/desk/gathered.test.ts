import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { Gathered } from "./gathered.ts";

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

test("the first is said at once, and what comes within five seconds together after them", () => {
  const said: string[] = [];
  const gathered = new Gathered((text) => said.push(text));
  gathered.add("Eleni is waiting");
  gathered.add("New booking 11:30");
  vi.advanceTimersByTime(4900);
  gathered.add("12:00 was cancelled");
  expect(said).toEqual(["Eleni is waiting"]);
  vi.advanceTimersByTime(200);
  expect(said).toEqual(["Eleni is waiting", "New booking 11:30. 12:00 was cancelled"]);
  vi.advanceTimersByTime(20_000);
  gathered.add("Nikos is waiting");
  expect(said).toHaveLength(3);
});
