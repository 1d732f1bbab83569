import { expect, test } from "vitest";
import { changedNames, snapshot } from "./unsaved.ts";

const text = (name: string, value: string) => ({ name, type: "text", value });
const tick = (name: string, checked: boolean) => ({ name, type: "checkbox", value: "on", checked });
const radio = (name: string, value: string, checked: boolean) => ({ name, type: "radio", value, checked });

test("what is as it was is not named, what differs is", () => {
  const before = snapshot([text("a", "1"), text("b", "2"), tick("c", false)]);
  expect(changedNames(before, snapshot([text("a", "1"), text("b", "3"), tick("c", true)]))).toEqual(["b", "c"]);
  expect(changedNames(before, before)).toEqual([]);
});

test("of radio buttons the chosen one counts, and hidden fields do not", () => {
  const before = snapshot([radio("a", "1", true), radio("a", "2", false), { ...text("v", "1"), type: "hidden" }]);
  const now = snapshot([radio("a", "1", false), radio("a", "2", true), { ...text("v", "2"), type: "hidden" }]);
  expect(changedNames(before, now)).toEqual(["a"]);
});
