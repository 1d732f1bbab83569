import { beforeEach, expect, test, vi } from "vitest";
import { Arrivals } from "./arrivals.ts";

const sound = vi.fn();
let isTouched = true;
let arrivals: Arrivals;

beforeEach(() => {
  sound.mockClear();
  isTouched = true;
  arrivals = new Arrivals(sound, () => isTouched);
});

test("whoever was there when the page came is not heard, whoever comes after is, once", () => {
  arrivals.hear(3);
  expect(sound).not.toHaveBeenCalled();
  arrivals.hear(4);
  arrivals.hear(4);
  expect(sound).toHaveBeenCalledTimes(1);
});

test("a page that nobody has touched is silent, and does not sound later for it", () => {
  arrivals.hear(0);
  isTouched = false;
  arrivals.hear(1);
  isTouched = true;
  arrivals.hear(1);
  expect(sound).not.toHaveBeenCalled();
  arrivals.hear(2);
  expect(sound).toHaveBeenCalledTimes(1);
});

test("a server that counts anew is no arrival", () => {
  arrivals.hear(5);
  arrivals.hear(0);
  expect(sound).not.toHaveBeenCalled();
});
