// What becomes of a meeting by what the server says.
import { expect, test } from "vitest";
import type { JoinLink, Peer, RoomMessage, Welcome } from "../protocol/messages.ts";
import { addMessage, finish, hear, type Message, type Phase, type RoomState, START } from "./room_state.ts";

const WELCOME: Welcome = {
  type: "welcome",
  peer: "own",
  role: "citizen",
  state: "admitted",
  peers: [],
  join_link: null,
};
const JITSI: JoinLink = { kind: "jitsi", url: "https://meet.example/room" };
const MARIA: Peer = { peer: "p2", role: "guest", name: "Μαρία" };

const afterAll = (messages: RoomMessage[], from = START) =>
  messages.reduce((state, message) => hear(state, message)[0], from);
const doneBy = (state: RoomState, message: RoomMessage) =>
  hear(state, message)
    .slice(1)
    .map((effect) => (effect as { do: string }).do);

const MEETING = afterAll([WELCOME]);
const ELSEWHERE = afterAll([{ ...WELCOME, join_link: JITSI }]);

test.each<[string, RoomState, RoomMessage, Phase, string[]]>([
  ["who is let in meets the others", START, WELCOME, "call", ["leavePeers", "meetPeers"]],
  ["who comes back under the same name keeps its connections", MEETING, WELCOME, "call", ["meetPeers"]],
  [
    "who comes back under another name has none",
    MEETING,
    { ...WELCOME, peer: "another" },
    "call",
    ["leavePeers", "meetPeers"],
  ],
  ["who is sent back to wait leaves them", MEETING, { ...WELCOME, state: "waiting" }, "waiting", ["leavePeers"]],
  [
    "with another provider there is nobody here",
    MEETING,
    { ...WELCOME, join_link: JITSI },
    "elsewhere",
    ["leavePeers"],
  ],
  ["an official waits in the room", START, { ...WELCOME, role: "official", state: "waiting" }, "call", ["leavePeers"]],
  [
    "an official waits in the other provider's room",
    ELSEWHERE,
    { ...WELCOME, role: "official", state: "waiting" },
    "elsewhere",
    ["leavePeers"],
  ],
  ["a place may be taken", START, { type: "already_joined" }, "already_joined", []],
  ["the official ends it", MEETING, { type: "ended", outcome: "served" }, "ended", ["leavePeers", "finish"]],
  ["another device takes over", MEETING, { type: "replaced" }, "replaced", ["leavePeers", "finish"]],
  ["a way in is closed", START, { type: "refused", code: "not_found" }, "refused", ["leavePeers", "finish"]],
])("%s", (_, state, message, ...expected) => {
  expect([hear(state, message)[0].phase, doneBy(state, message)]).toEqual(expected);
});

test("who comes and goes is connected to here, and only named with another provider", () => {
  const comes: RoomMessage = { type: "peer_joined", peer: MARIA };
  const goes: RoomMessage = { type: "peer_left", peer: "p2" };
  expect([doneBy(MEETING, comes), doneBy(MEETING, goes)]).toEqual([["addPeer"], ["removePeer"]]);
  const joined = afterAll([comes], ELSEWHERE);
  expect(joined.peers.map(({ name }) => name)).toEqual(["Μαρία"]);
  expect(afterAll([goes], joined).peers).toEqual([]);
});

test("a document that is asked for no more is hidden, and both are told", () => {
  expect(doneBy(MEETING, { type: "ask_document", is_on: true })).toEqual(["tellState"]);
  expect(doneBy(MEETING, { type: "ask_document", is_on: false })).toEqual(["hideDocument", "tellState"]);
});

test.each<Phase>(["ended", "left", "refused", "replaced", "disposed"])("after %s nothing is heard", (phase) => {
  const over = finish(MEETING, { phase })[0];
  expect(hear(over, WELCOME)).toEqual([over]);
  expect(finish(over, { phase: "left" })).toEqual([over]);
});

test("a message is shown once, and the newest are kept", () => {
  const text = (number: number): Message => ({ id: String(number), text: "text", isOwn: true });
  let state = MEETING;
  for (let number = 0; number < 600; number += 1)
    [state] = addMessage(addMessage(state, text(number))[0], text(number));
  expect(state.messages).toHaveLength(500);
  expect(state.messages[0]).toEqual(text(100));
});
