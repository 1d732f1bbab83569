// The meeting as this browser lives it, over a socket on which the test speaks as the server.
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { plugIn } from "../../testing/devices.ts";
import { asSocket, FakeSocket } from "../../testing/socket.ts";
import { createOwnMedia } from "../media/own_media.ts";
import { createRoom, type Room } from "./room.ts";
import type { Phase } from "./room_state.ts";

const WELCOME = { type: "welcome", peer: "p1", role: "official", peers: [], join_link: null };
const JITSI = { kind: "jitsi", url: "https://meet.example/room" };

let room: Room;
let over: Phase[];

const say = (message: object) => FakeSocket.last.say(message);
const now = () => room.store.get();

beforeEach(() => {
  vi.useFakeTimers();
  plugIn();
  FakeSocket.all = [];
  over = [];
  room = createRoom({
    address: "",
    clientId: "",
    iceServers: [],
    media: createOwnMedia(),
    onOver: (phase) => over.push(phase),
    Socket: asSocket,
  });
  FakeSocket.last.open();
});

afterEach(() => {
  room.dispose();
  vi.useRealTimers();
});

test("what was seen of an admitted person is gone when another waits in their place", () => {
  const seen = [null, JITSI].map((joinLink) => {
    say({ ...WELCOME, state: "admitted", join_link: joinLink });
    say({ type: "identity", document: "passport" });
    say({ type: "phone", number: "+306912345678", shown: "691 234 5678" });
    expect([now().identity, now().phone?.shown]).toEqual(["passport", "691 234 5678"]);
    say({ ...WELCOME, state: "waiting" });
    const { phase, identity, phone, elsewhere } = now();
    return [phase, identity, phone, elsewhere?.isLeft ?? null];
  });
  expect(seen).toEqual([
    ["call", null, null, null],
    ["elsewhere", null, null, true],
  ]);
});

test("nobody waits any more for who comes back when all are in", () => {
  say({ ...WELCOME, state: "waiting" });
  say({ type: "waiting_room", is_present: true, since: null, is_confirmed: true });
  expect(now().waitingRoom).not.toBeNull();
  say({ ...WELCOME, state: "admitted" });
  expect(now().waitingRoom).toBeNull();
});

test("a citizen waits in the waiting room, an official in the room itself", () => {
  say({ ...WELCOME, role: "citizen", state: "waiting" });
  expect(now().phase).toBe("waiting");
  say({ ...WELCOME, state: "waiting" });
  expect(now().phase).toBe("call");
});

test("an invitation that is withdrawn takes its link along", () => {
  say({ ...WELCOME, state: "admitted" });
  say({ type: "invited", id: 3, name: "Μαρία", path: "/meeting?guest=x" });
  say({ type: "guests", guests: [{ id: 3, name: "Μαρία" }] });
  expect(now().invitations).toHaveLength(1);
  say({ type: "guests", guests: [] });
  expect(now().invitations).toEqual([]);
});

test("nothing of the talk remains after the end, which is told once", () => {
  say({ ...WELCOME, state: "admitted" });
  say({ type: "phone", number: "+306912345678", shown: "691 234 5678" });
  room.say("καλημέρα");
  say({ type: "ended", outcome: "served" });
  expect(now()).toMatchObject({ phase: "ended", outcome: "served", messages: [], phone: null });
  room.leave();
  expect(over).toEqual(["ended"]);
});

test("a message of a kind that is not known changes nothing", () => {
  say({ ...WELCOME, state: "admitted" });
  const before = now();
  say({ type: "constructor" });
  say({ type: "tomorrow" });
  expect(now()).toBe(before);
});

test("a refused document is told as refused until it is asked for again", () => {
  say({ ...WELCOME, role: "citizen", state: "admitted" });
  say({ type: "ask_document", is_on: true });
  expect(now().documentAsked).toBe("yes");
  room.refuseDocument();
  expect(now().documentAsked).toBe("refused");
  say({ type: "ask_document", is_on: true });
  expect(now().documentAsked).toBe("yes");
});
