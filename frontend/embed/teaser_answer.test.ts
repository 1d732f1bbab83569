import { expect, test } from "vitest";
import { isElsewhere, lineOf, noneLine, readNextTimes } from "./teaser_answer.ts";

const SITE = "https://book.example.gr";
const ITEM = {
  starts_at: "2026-11-26T08:00:00Z",
  ends_at: "2026-11-26T08:20:00Z",
  mode: "video",
  booking_url: `${SITE}/m/kavala?service=dimotologio`,
};
const ANSWER = {
  name: { el: "Δημοτολόγιο", en: "Municipal roll" },
  items: [ITEM],
  none_until: null,
  next_release_at: "2026-11-27T06:00:00Z",
  paused: false,
  notice: null,
};

const read = (more: object = {}) => readNextTimes({ ...ANSWER, ...more }, SITE, "el");

test("a time is said in Greek time with its mode", () => {
  const found = read();
  const time = found?.times[0];
  expect(found?.name).toBe("Δημοτολόγιο");
  expect(time && [lineOf(time, "el"), lineOf(time, "en")]).toEqual([
    "Πέμπτη 26 Νοεμβρίου, 10:00 π.μ., τηλεδιάσκεψη",
    "Thursday 26 November, 10:00 am, video call",
  ]);
});

test.each([
  ["a link to another site", { booking_url: "https://book.example.gr.evil.test/" }],
  ["a script for a link", { booking_url: "javascript:alert(1)" }],
  ["no link", { booking_url: null }],
  ["no time", { starts_at: "soon" }],
  ["another mode", { mode: "fax" }],
])("%s is left out", (_, more) => {
  expect(read({ items: [{ ...ITEM, ...more }, null, "x"] })?.times).toEqual([]);
});

test("what is no such answer is none", () => {
  expect(readNextTimes(null, SITE, "el")).toBeNull();
  expect(readNextTimes({ code: "not_found" }, SITE, "el")).toBeNull();
});

test("no more than five are shown", () => {
  expect(read({ items: Array.from({ length: 50 }, () => ITEM) })?.times).toHaveLength(5);
});

test("where there is nothing it says until when, and when there will be", () => {
  const none = read({ items: [], none_until: "2027-01-23" });
  expect(none && [noneLine(none, "el"), noneLine(none, "en")]).toEqual([
    "Καμία ώρα ως τις 23 Ιανουαρίου· νέες ώρες ανοίγουν κάθε μέρα στις 8:00 π.μ.",
    "No time until 23 January; new times open every day at 8:00 am",
  ]);
  const unknown = read({ items: [], next_release_at: null });
  expect(unknown && noneLine(unknown, "el")).toBe("Καμία ελεύθερη ώρα");
});

test("the notice of a pause is read in the language of the page", () => {
  expect(read({ paused: true, notice: { el: "Μετακομίζουμε.", en: "We are moving." } })).toMatchObject({
    isPaused: true,
    notice: "Μετακομίζουμε.",
  });
});

test("a visitor elsewhere is known by the clock, whatever the zone is called", () => {
  const at = new Date("2026-11-26T08:00:00Z");
  expect([isElsewhere(at, "Europe/Helsinki"), isElsewhere(at, "Europe/Berlin")]).toEqual([false, true]);
});
