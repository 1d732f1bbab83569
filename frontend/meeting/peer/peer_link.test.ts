// A pair of links over a network that goes wrong in every way that networks do: in the end they are always connected.
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { fortuneOf } from "../../testing/fortune.ts";
import { FakeHost, FakeNetwork, type FakePeerConnection } from "../../testing/peer_connection.ts";
import type { Signal } from "../protocol/signals.ts";
import { createPeerLink, type PeerLink } from "./peer_link.ts";

// Some of any kind, and those in which each side once answered the other's new connection with another, for ever.
const SEEDS = [...Array.from({ length: 50 }, (_, seed) => seed), 453, 464, 695, 935, 996, 1055];
const QUIET_MS = 120_000;

type Name = "a" | "b";

const OTHER: Record<Name, Name> = { a: "b", b: "a" };

// Two browsers, their sockets and the network between them.
class Pair {
  readonly fortune: () => number;
  readonly network: FakeNetwork;
  readonly hosts = { a: new FakeHost(), b: new FakeHost() };
  links: Partial<Record<Name, PeerLink>> = {};
  said: { from: Name; signal: Signal }[] = [];
  saidAt = 0;
  losses = 0;
  // Whether this signal falls out.
  loses: (signal: Signal) => boolean = () => false;
  #isCut = { a: false, b: false };
  #arrival = { a: 0, b: 0 };

  constructor(seed: number) {
    this.fortune = fortuneOf(seed);
    this.network = new FakeNetwork(this.fortune);
  }

  join(name: Name) {
    this.links[name]?.close();
    vi.stubGlobal("RTCPeerConnection", this.network.browserOf(this.hosts[name]));
    this.links[name] = createPeerLink({
      ownName: name,
      name: OTHER[name],
      iceServers: [],
      tracks: { audio: null, video: null },
      setSenderParameters() {},
      isSending: () => true,
      onChange() {},
      onLost() {},
      onOpen() {},
      onFlood() {},
      onMessage() {},
      send: (_, signal) => this.#carry(name, signal),
    });
  }

  // A socket keeps the order; one that is cut loses all, or brings it late, when the next one is open already.
  #carry(from: Name, signal: Signal) {
    const to = OTHER[from];
    this.said.push({ from, signal });
    this.saidAt = performance.now();
    if (this.loses(signal)) {
      this.losses += 1;
      return;
    }
    if (this.#isCut[from] || this.#isCut[to]) {
      if (this.fortune() < 0.8) return;
      setTimeout(() => this.#arrive(to, signal), 100 + this.fortune() * 3000);
      return;
    }
    this.#arrival[to] = Math.max(this.#arrival[to], performance.now() + 5 + this.fortune() * 40);
    setTimeout(() => this.#arrive(to, signal), this.#arrival[to] - performance.now());
  }

  #arrive(to: Name, signal: Signal) {
    if (this.#isCut[to]) return;
    vi.stubGlobal("RTCPeerConnection", this.network.browserOf(this.hosts[to]));
    this.links[to]?.receive(structuredClone(signal));
  }

  async cut(name: Name, ms: number) {
    this.#isCut[name] = true;
    await vi.advanceTimersByTimeAsync(ms);
    this.#isCut[name] = false;
    this.links[name]?.revive();
  }

  changeNetwork(name: Name, isSilent: boolean) {
    this.hosts[name].changeNetwork(isSilent);
  }

  // All has been said for a while, and each has what the other gave.
  isSettled() {
    const [one, other, ...more] = this.network.open();
    const isConnected = (end: FakePeerConnection) =>
      end.connectionState === "connected" && end.signalingState === "stable";
    return (
      performance.now() - this.saidAt > 5000 &&
      one !== undefined &&
      other !== undefined &&
      !more.length &&
      [one, other].every(isConnected) &&
      one.currentLocal?.ufrag === other.currentRemote?.ufrag &&
      other.currentLocal?.ufrag === one.currentRemote?.ufrag &&
      Object.values(this.links).every((link) => link.view().connection === "connected" && link.view().canTalk)
    );
  }

  close() {
    for (const link of Object.values(this.links)) link.close();
    this.network.close();
  }
}

let pair: Pair;

beforeEach(() => {
  vi.useFakeTimers();
  vi.stubGlobal("MediaStream", class {});
});

afterEach(() => {
  pair.close();
  vi.useRealTimers();
});

const MISHAPS: ((pair: Pair, name: Name) => unknown)[] = [
  (pair, name) => pair.cut(name, pair.fortune() * 3000),
  (pair, name) => pair.cut(name, pair.fortune() * 120),
  // Whoever's network changes finds the socket dead too.
  (pair, name) => {
    pair.changeNetwork(name, pair.fortune() < 0.5);
    return pair.cut(name, pair.fortune() * 4000);
  },
  (pair, name) => pair.join(name),
  (pair, name) => {
    pair.links[name]?.revive();
    pair.links[OTHER[name]]?.revive();
  },
];

async function getInTrouble() {
  for (let time = 0; time < 10; time += 1) {
    await vi.advanceTimersByTimeAsync(pair.fortune() * (pair.fortune() < 0.7 ? 150 : 8000));
    await MISHAPS[Math.floor(pair.fortune() * MISHAPS.length)]?.(pair, pair.fortune() < 0.5 ? "a" : "b");
  }
}

test.each(SEEDS)(
  "after any cuts, losses, reloads and changes of network a pair is connected again (%i)",
  async (seed) => {
    pair = new Pair(seed);
    pair.join("a");
    pair.join("b");
    // Now and then a single signal falls out, without any cut.
    pair.loses = () => pair.fortune() < 0.03;
    await getInTrouble();
    pair.loses = () => false;
    await vi.advanceTimersByTimeAsync(QUIET_MS);
    expect(pair.isSettled()).toBe(true);
  },
);
