import { expect, test } from "vitest";
import { MAX_TEXT_LENGTH, readMessage, textMessage } from "./channel_messages.ts";

const read = (message: unknown) => readMessage(JSON.stringify(message));

test("a message is read in its known form alone", () => {
  expect(read({ type: "text", id: "1", text: " καλημέρα ", html: "<b>" })).toEqual({
    type: "text",
    id: "1",
    text: "καλημέρα",
  });
  expect(read({ type: "got", id: "1" })).toEqual({ type: "got", id: "1" });
  expect(read({ type: "state", camera: true, microphone: false, document: "on" })).toEqual({
    type: "state",
    camera: true,
    microphone: false,
    document: "on",
  });
});

test("what is not known of a document is off", () => {
  expect(read({ type: "state", camera: true, microphone: true, document: "loud" })).toMatchObject({ document: "off" });
});

test.each([
  null,
  7,
  [],
  { type: "text", id: 1, text: "a" },
  { type: "text", id: "1", text: "  " },
  { type: "got" },
  { type: "state", camera: 1, microphone: true },
  { type: "other" },
])("what is no message is nothing (%#)", (message) => {
  expect(read(message)).toBeNull();
});

test("what is no text, no JSON or too large is nothing", () => {
  expect(readMessage(new ArrayBuffer(8))).toBeNull();
  expect(readMessage("{")).toBeNull();
  expect(read({ type: "text", id: "1", text: "a".repeat(16_000) })).toBeNull();
});

test("texts and ids are cut to a length, from both sides", () => {
  expect(textMessage("1", "a".repeat(3000)).text).toHaveLength(MAX_TEXT_LENGTH);
  expect(read({ type: "text", id: "b".repeat(100), text: "a".repeat(3000) })).toEqual({
    type: "text",
    id: "b".repeat(64),
    text: "a".repeat(MAX_TEXT_LENGTH),
  });
});
