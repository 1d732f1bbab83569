// Several browsers in one meeting, each connected to each other one.
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { fortuneOf } from "../../testing/fortune.ts";
import { FakeHost, FakeNetwork } from "../../testing/peer_connection.ts";
import type { MediaState } from "../protocol/channel_messages.ts";
import type { Peer } from "../protocol/messages.ts";
import { createPeers, type Peers } from "./peers.ts";

const ELENI = { role: "citizen", name: "Ελένη" } as const;
const MARIA = { role: "guest", name: "Μαρία" } as const;
const OFFICIAL: Peer = { peer: "a", role: "official", name: "Γεώργιος" };

const CONNECTS_MS = 3000;

let network: FakeNetwork;
let rooms: Record<string, Peers>;
let read: Record<string, string[]>;
let own: MediaState;

beforeEach(() => {
  vi.useFakeTimers();
  vi.stubGlobal("MediaStream", class {});
  network = new FakeNetwork(fortuneOf(1));
  vi.stubGlobal("RTCPeerConnection", network.browserOf(new FakeHost()));
  own = { camera: true, microphone: true, document: "off" };
  rooms = {};
  read = {};
});

afterEach(() => {
  for (const room of Object.values(rooms)) room.close();
  network.close();
  vi.useRealTimers();
});

function open(name: string): Peers {
  const heard: string[] = [];
  read[name] = heard;
  const room = createPeers({
    ownName: name,
    iceServers: [],
    tracks: { audio: null, video: null },
    setSenderParameters() {},
    ownState: () => own,
    onChange() {},
    onLost() {},
    onFlood() {},
    onText: (_, { text }) => heard.push(text),
    send: (to, data) => setTimeout(() => rooms[to]?.receive(name, data), 10),
  });
  rooms[name] = room;
  return room;
}

// The official, and somebody who comes in.
async function meet(official: Peers, peer: Peer) {
  open(peer.peer).reconcile([OFFICIAL, peer]);
  official.add(peer);
  await vi.advanceTimersByTimeAsync(CONNECTS_MS);
}

test("each is seen as who they are, and nobody sees themselves", async () => {
  const official = open("a");
  await meet(official, { peer: "b", ...ELENI });
  await meet(official, { peer: "c", ...MARIA });
  const seen = official.view().map(({ peer, name, connection, canTalk }) => ({ peer, name, connection, canTalk }));
  expect(seen).toEqual([
    { peer: "b", name: "Ελένη", connection: "connected", canTalk: true },
    { peer: "c", name: "Μαρία", connection: "connected", canTalk: true },
  ]);
  expect(rooms.b?.view().map(({ peer }) => peer)).toEqual(["a"]);
});

test("whoever is not among those who are there has left", async () => {
  const official = open("a");
  await meet(official, { peer: "b", ...ELENI });
  official.reconcile([{ peer: "c", ...MARIA }]);
  expect(official.view().map(({ peer }) => peer)).toEqual(["c"]);
  official.reconcile([]);
  expect(official.view()).toEqual([]);
});

test("what somebody has not read waits for them under whatever name, and for nobody else", async () => {
  const official = open("a");
  await meet(official, { peer: "b", ...ELENI });
  official.say("1", "before");
  await vi.advanceTimersByTimeAsync(1000);
  rooms.b?.close();
  official.say("2", "while it reloads");
  official.remove("b");
  await meet(official, { peer: "d", ...MARIA });
  await meet(official, { peer: "c", ...ELENI });
  expect([read.b, read.c, read.d]).toEqual([["before"], ["while it reloads"], []]);
});

test("what is on is told to each who comes, and to all when it changes", async () => {
  const official = open("a");
  own = { ...own, camera: false };
  await meet(official, { peer: "b", ...ELENI });
  expect(rooms.b?.view()[0]?.state.camera).toBe(false);
  own = { ...own, document: "on" };
  official.tellState();
  await vi.advanceTimersByTimeAsync(1000);
  expect(rooms.b?.view()[0]?.state.document).toBe("on");
});

test("a picture that stands still is a poor connection, unless the camera is off", async () => {
  const official = open("a");
  expect(official.quality()).toBe("unknown");
  await meet(official, { peer: "b", ...ELENI });
  await vi.advanceTimersByTimeAsync(10_000);
  expect(official.quality()).toBe("poor");
  own = { ...own, camera: false };
  rooms.b?.tellState();
  await vi.advanceTimersByTimeAsync(10_000);
  expect(official.quality()).not.toBe("poor");
});
