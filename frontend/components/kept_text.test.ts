import { beforeEach, expect, test, vi } from "vitest";
import { forgetTyped, keepTyped, restoreTyped, type TypedField } from "./kept_text.ts";

const aForm = (): TypedField[] => [
  { name: "why", type: "textarea", value: "" },
  { name: "tell", type: "checkbox", value: "on", checked: false },
  { name: "by", type: "radio", value: "citizen", checked: false },
  { name: "by", type: "radio", value: "municipality", checked: true },
];

const filled = (): TypedField[] => [
  { name: "why", type: "textarea", value: "Γιατί" },
  { name: "tell", type: "checkbox", value: "on", checked: true },
  { name: "by", type: "radio", value: "citizen", checked: true },
  { name: "by", type: "radio", value: "municipality", checked: false },
];

const kept = new Map<string, string>();

beforeEach(() => {
  kept.clear();
  vi.stubGlobal("sessionStorage", {
    setItem: (key: string, value: string) => kept.set(key, value),
    getItem: (key: string) => kept.get(key) ?? null,
    removeItem: (key: string) => kept.delete(key),
  });
});

test("what was typed is there again, ticks and choices too", () => {
  keepTyped(filled(), "a");
  const after = aForm();
  restoreTyped(after, "a");
  expect(after).toEqual(filled());
});

test("another form, or one that was left, has nothing", () => {
  keepTyped(filled(), "a");
  const other = aForm();
  restoreTyped(other, "b");
  forgetTyped("a");
  const left = aForm();
  restoreTyped(left, "a");
  expect([other, left]).toEqual([aForm(), aForm()]);
});

test("what cannot be read is nothing, and a browser without a store goes on", () => {
  kept.set("typed:a", "{");
  const form = aForm();
  restoreTyped(form, "a");
  vi.stubGlobal("sessionStorage", undefined);
  keepTyped(filled(), "a");
  restoreTyped(form, "a");
  forgetTyped("a");
  expect(form).toEqual(aForm());
});
