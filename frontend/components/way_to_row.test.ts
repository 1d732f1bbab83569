import { beforeEach, expect, test, vi } from "vitest";
import { dayLeft, isComingBack, keepDay, keepMeeting, takeMeeting } from "./way_to_row.ts";

const kept = new Map<string, string>();

beforeEach(() => {
  kept.clear();
  vi.stubGlobal("sessionStorage", {
    setItem: (key: string, value: string) => kept.set(key, value),
    getItem: (key: string) => kept.get(key) ?? null,
  });
});

test("who comes back from a meeting is led to its row once, on the day as it was left", () => {
  keepDay("/desk?m=kavala&desk=all");
  keepMeeting("K7PM3XQ9");
  expect([dayLeft(), takeMeeting(), takeMeeting()]).toEqual(["/desk?m=kavala&desk=all", "K7PM3XQ9", ""]);
});

test("whoever comes back is known until they were led to the row", () => {
  expect(isComingBack()).toBe(false);
  keepMeeting("K7PM3XQ9");
  expect(isComingBack()).toBe(true);
  takeMeeting();
  expect(isComingBack()).toBe(false);
});

test("a browser that keeps nothing leads to the day alone", () => {
  vi.stubGlobal("sessionStorage", undefined);
  keepDay("/desk?m=kavala");
  keepMeeting("K7PM3XQ9");
  expect([dayLeft(), takeMeeting()]).toEqual(["", ""]);
});
