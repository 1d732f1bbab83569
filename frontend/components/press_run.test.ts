import { expect, test } from "vitest";
import { pressRun } from "./press_run.ts";

test("ten presses of one button are none of the next, which the answer puts in its place", () => {
  const run = pressRun();
  const asked = [..."1234567890"].map((_, at) =>
    run.belongsToOther({ detail: at + 1, timeStamp: at * 100 }, at < 3 ? "Arrived" : "Start"),
  );
  expect(asked).toEqual([false, false, false, ...Array(7).fill(true)]);
});

test("a press that begins anew is taken at once", () => {
  const run = pressRun();
  run.belongsToOther({ detail: 1, timeStamp: 0 }, "Arrived");
  expect(run.belongsToOther({ detail: 1, timeStamp: 100 }, "Start")).toBe(false);
});

test("fingers, which the system does not count, are a run by their pace", () => {
  const run = pressRun();
  const tap = (timeStamp: number, name: string) =>
    run.belongsToOther({ detail: 1, timeStamp, pointerType: "touch" }, name);
  expect([tap(0, "Arrived"), tap(200, "Start"), tap(600, "Start"), tap(1200, "Start")]).toEqual([
    false,
    true,
    true,
    false,
  ]);
});

test("keys begin and continue no run", () => {
  const run = pressRun();
  run.belongsToOther({ detail: 1, timeStamp: 0 }, "Arrived");
  expect(run.belongsToOther({ detail: 0, timeStamp: 50 }, "Start")).toBe(false);
});
