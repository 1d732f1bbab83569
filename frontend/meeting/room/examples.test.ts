// The messages that the server's own tests read and write, over a socket on which they come and go.
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { plugIn } from "../../testing/devices.ts";
import { asSocket, FakeSocket } from "../../testing/socket.ts";
import { createOwnMedia } from "../media/own_media.ts";
import { ACCESS_EXAMPLES, BROWSER_EXAMPLES, SERVER_EXAMPLES } from "../protocol/examples.ts";
import type { RoomMessage } from "../protocol/messages.ts";
import { requestAccess } from "../signalling/access.ts";
import { openSignalling } from "../signalling/signalling.ts";
import { createRoom, type Room } from "./room.ts";

// Connections that nobody answers: what peers say to each other is not the wire's.
class NoConnection {
  addTransceiver() {}
  createDataChannel() {
    return {};
  }
  getTransceivers() {
    return [];
  }
  getSenders() {
    return [];
  }
  close() {}
}

let room: Room;

beforeEach(() => {
  vi.useFakeTimers();
  plugIn();
  vi.stubGlobal("RTCPeerConnection", NoConnection);
  vi.stubGlobal("MediaStream", class {});
  FakeSocket.all = [];
  room = createRoom({
    address: "",
    clientId: "0".repeat(32),
    iceServers: [],
    media: createOwnMedia(),
    onOver: () => {},
    Socket: asSocket,
  });
  FakeSocket.last.open();
});

afterEach(() => {
  room.dispose();
  vi.useRealTimers();
});

test.each(SERVER_EXAMPLES)("the room takes $type as the server says it", (example) => {
  FakeSocket.last.say({ type: "waiting_room", is_present: true, since: null, is_confirmed: true, is_sent_back: false });
  const before = room.store.get();
  FakeSocket.last.say(example);
  // Nothing is to be seen of a pong, nor of what concerns peers before the admission.
  const changesNothing = ["pong", "signal", "peer_joined"].includes(example.type);
  expect(room.store.get() === before).toBe(changesNothing);
});

test.each(SERVER_EXAMPLES)("the socket hands on $type as it is", (example) => {
  const heard: RoomMessage[] = [];
  const signalling = openSignalling({
    address: "",
    clientId: "",
    onMessage: (message) => heard.push(message),
    onState: () => {},
    Socket: asSocket,
  });
  FakeSocket.last.open();
  FakeSocket.last.say(example);
  expect(heard).toEqual(example.type === "pong" ? [] : [example]);
  signalling.close();
});

test("what a room says is what the server reads", () => {
  const { sent } = FakeSocket.last;
  room.takeOver();
  room.admit();
  room.askDocument(true);
  room.askDocument(false);
  room.confirmIdentity("passport");
  room.askPhone();
  room.invite("Μαρία Διερμηνέα");
  room.withdraw(3);
  room.end("served");
  room.leave();
  for (const message of sent) {
    const examples = BROWSER_EXAMPLES.filter(({ type }) => type === message.type);
    // Which load of the page, and which ping: another each time.
    const own = message.type === "hello" ? { page: message.page } : message.type === "ping" ? { n: message.n } : {};
    expect(examples.map((example) => ({ ...example, ...own }))).toContainEqual(message);
  }
  const kinds = new Set(BROWSER_EXAMPLES.map(({ type }) => type));
  // Signals are said by connections, which are not made here.
  kinds.delete("signal");
  expect(new Set(sent.map(({ type }) => type))).toEqual(kinds);
});

test.each(ACCESS_EXAMPLES)("access is understood: $state", async (example) => {
  expect(await requestAccess("link=x", "el", async () => Response.json(example))).toEqual(example);
});
