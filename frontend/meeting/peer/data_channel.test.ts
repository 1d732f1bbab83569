// The channel to one other browser, over connections of which the test holds the other end.
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import type { ChannelMessage } from "../protocol/channel_messages.ts";
import { createDataChannel, type DataChannel, type HeardMessage } from "./data_channel.ts";

class FakeChannel {
  readyState: "connecting" | "open" | "closed" = "connecting";
  sent: ChannelMessage[] = [];
  onopen: (() => void) | null = null;
  onmessage: ((event: { data: unknown }) => void) | null = null;
  onclose: (() => void) | null = null;

  send(text: string) {
    this.sent.push(JSON.parse(text));
  }
  close() {
    this.readyState = "closed";
  }
  open() {
    this.readyState = "open";
    this.onopen?.();
  }
  say(message: object) {
    this.onmessage?.({ data: JSON.stringify(message) });
  }
}

const text = (number: number) => ({ type: "text" as const, id: `id-${number}`, text: `text ${number}` });

let talk: DataChannel;
let heard: HeardMessage[];
let floods: number;

beforeEach(() => {
  vi.useFakeTimers();
  heard = [];
  floods = 0;
  talk = createDataChannel({
    onMessage: (message) => heard.push(message),
    onOpen: () => {},
    onChange: () => {},
    onFlood: () => {
      floods += 1;
    },
  });
});

afterEach(() => {
  vi.useRealTimers();
});

function connect(): FakeChannel {
  const channel = new FakeChannel();
  talk.open({ createDataChannel: () => channel } as unknown as RTCPeerConnection);
  return channel;
}

test("a text is kept until the other says that it has arrived", () => {
  talk.send(text(1));
  const channel = connect();
  channel.open();
  expect(channel.sent).toEqual([text(1)]);
  expect(talk.unread()).toEqual([text(1)]);
  channel.say({ type: "got", id: "id-1" });
  expect(talk.unread()).toEqual([]);
});

test("over a new connection it is said again", () => {
  connect().open();
  talk.send(text(1));
  talk.shut();
  const channel = connect();
  channel.open();
  expect(channel.sent).toEqual([text(1)]);
});

test("of many texts the newest are kept", () => {
  for (let number = 0; number < 60; number += 1) talk.send(text(number));
  expect(talk.unread()).toHaveLength(50);
  expect(talk.unread()[0]).toEqual(text(10));
});

test("what arrives is confirmed, and handed on", () => {
  const channel = connect();
  channel.open();
  channel.say(text(1));
  expect(channel.sent).toEqual([{ type: "got", id: "id-1" }]);
  expect(heard).toEqual([text(1)]);
});

test("who says too much is heard no more, on no later connection either", () => {
  const channel = connect();
  channel.open();
  for (let number = 0; number < 1000; number += 1) channel.say(text(number));
  expect(heard).toHaveLength(200);
  expect(floods).toBe(1);
  expect(channel.readyState).toBe("closed");
  talk.shut();
  connect().open();
  expect(talk.isOpen()).toBe(false);
});

test("who says much over a longer time is heard", () => {
  const channel = connect();
  channel.open();
  for (let second = 0; second < 60; second += 1) {
    for (let number = 0; number < 20; number += 1) channel.say(text(second * 20 + number));
    vi.advanceTimersByTime(1000);
  }
  expect(floods).toBe(0);
  expect(heard).toHaveLength(1200);
});
