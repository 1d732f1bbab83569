import { expect, test } from "vitest";
import { check, heardDescription, reopened, WATCHING, type Watchdog } from "./watchdog.ts";

// At which checks of so many the way is looked for again, while nothing comes.
function staleAt(checks: number, { isPolite = false, isExpecting = true } = {}, from: Watchdog = WATCHING): number[] {
  let watchdog = from;
  const found: number[] = [];
  for (let at = 1; at <= checks; at += 1) {
    const [next, isStale] = check(watchdog, { bytes: from.receivedBytes, isPolite, isExpecting });
    watchdog = next;
    if (isStale) found.push(at);
  }
  return found;
}

test("a silent way is looked for again three times, each after twice as long", () => {
  expect(staleAt(200)).toEqual([3, 3 + 6, 3 + 6 + 12]);
});

test("the polite one waits a little longer for the other to do it", () => {
  expect(staleAt(200, { isPolite: true })).toEqual([4, 4 + 8, 4 + 8 + 16]);
});

test("silence of one who sends nothing, or while something is negotiated, is no sign", () => {
  expect(staleAt(200, { isExpecting: false })).toEqual([]);
});

test("whatever comes begins it anew", () => {
  const tired = { receivedBytes: 100, staleChecks: 2, iceRestarts: 3 };
  const [fresh] = check(tired, { bytes: 101, isPolite: false, isExpecting: true });
  expect(fresh).toEqual({ receivedBytes: 101, staleChecks: 0, iceRestarts: 0 });
});

test("a description that was taken gives the new way its time", () => {
  expect(staleAt(3, {}, heardDescription({ ...WATCHING, staleChecks: 2 }))).toEqual([3]);
});

test("over a new connection the number of tries goes on", () => {
  expect(staleAt(200, {}, reopened({ receivedBytes: 9, staleChecks: 2, iceRestarts: 2 }))).toEqual([12]);
});
