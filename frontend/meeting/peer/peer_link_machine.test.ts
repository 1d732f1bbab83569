import { describe, expect, test } from "vitest";
import {
  type Effect,
  type Event,
  type Happened,
  type PairState,
  type Seen,
  type State,
  start,
  step,
} from "./peer_link_machine.ts";

const DESCRIPTION = { type: "offer", sdp: "" } as const;
const ANSWER = { type: "answer", sdp: "" } as const;
const ADDRESSES = { from: "theirs", to: "ours" };

// A connection that stands, between two offers.
const STANDING = {
  connectionState: "connected",
  iceConnectionState: "connected",
  signalingState: "stable",
  localDescription: {},
  currentRemoteDescription: {},
} as Seen;
const FRESH: Seen = { ...STANDING, connectionState: "new", localDescription: null, currentRemoteDescription: null };
const BROKEN: Seen = { ...STANDING, connectionState: "failed", iceConnectionState: "failed" };

const IMPOLITE: State = {
  ...start(false)[0],
  pair: "bound",
  localId: "ours",
  remoteId: "theirs",
  connection: "connected",
  offers: 2,
};
const POLITE: State = { ...IMPOLITE, isPolite: true };
const unbound = (state: State): State => ({ ...state, pair: "unbound", remoteId: null, connection: "connecting" });

const stepOf = (state: State, happened: Happened, pc: Seen = STANDING) => step(state, { ...happened, pc });
const doneBy = (state: State, happened: Happened, pc?: Seen) => stepOf(state, happened, pc).slice(1) as Effect[];
const namesOf = (effects: Effect[]) => effects.map((effect) => effect.do);
const saidBy = (effects: Effect[]) => effects.flatMap((effect) => (effect.do === "say" ? [effect.signal] : []));

const READY = { type: "ready", ...ADDRESSES, isBack: false } as const;

const EVENTS: Happened[] = [
  { type: "opened", id: "new" },
  READY,
  { type: "restart", ...ADDRESSES },
  { type: "description", ...ADDRESSES, description: DESCRIPTION, offer: 1 },
  { type: "candidate", ...ADDRESSES, candidate: {} },
  { type: "signalFailed", isLate: false },
  { type: "taken", kind: "offer", offer: 1 },
  { type: "negotiationNeeded" },
  { type: "described", description: DESCRIPTION, offer: 1 },
  { type: "offerFailed" },
  { type: "offerTakenBack" },
  { type: "candidateFound", candidate: {} },
  { type: "connectionChanged" },
  { type: "connectTimeout" },
  { type: "disconnectTimeout" },
  { type: "answerTimeout" },
  { type: "checked", bytes: 1, isSending: true },
  { type: "socketIsBack" },
  { type: "close" },
];

// From each state, what an event leads to while the browser calls the connection broken; what is not named changes
// nothing.
const LEADS_TO: Record<PairState, Partial<Record<Event["type"], PairState>>> = {
  unbound: {
    opened: "unbound",
    ready: "bound",
    connectTimeout: "unbound",
    socketIsBack: "unbound",
    close: "closed",
  },
  bound: {
    opened: "bound",
    ready: "bound",
    restart: "bound",
    description: "bound",
    candidate: "bound",
    signalFailed: "bound",
    taken: "bound",
    negotiationNeeded: "bound",
    described: "bound",
    offerFailed: "bound",
    offerTakenBack: "bound",
    candidateFound: "bound",
    connectionChanged: "bound",
    connectTimeout: "unbound",
    disconnectTimeout: "bound",
    answerTimeout: "bound",
    checked: "bound",
    socketIsBack: "bound",
    close: "closed",
  },
  closed: {},
};

test.each(Object.keys(LEADS_TO) as PairState[])("from the state %s each event leads where the table says", (pair) => {
  const state: State = { ...IMPOLITE, pair };
  for (const happened of EVENTS) {
    const [next, ...effects] = stepOf(state, happened, BROKEN);
    const expected = LEADS_TO[pair][happened.type];
    expect(next.pair, happened.type).toBe(expected ?? pair);
    if (!expected) expect([next, effects], happened.type).toEqual([state, []]);
  }
});

describe("ready", () => {
  test("a new connection says so, to whoever is there", () => {
    const [state, ...effects] = start(false);
    expect(namesOf(effects)).toEqual(["open", "startTimer"]);
    expect(saidBy(doneBy(state, { type: "opened", id: "ours" }))).toEqual([{ from: "ours", to: null, ready: true }]);
  });

  test("the impolite one adds the lines when the other is known, and the polite one waits for them", () => {
    expect(namesOf(doneBy(unbound(IMPOLITE), READY))).toEqual(["addLines"]);
    expect(doneBy(unbound(POLITE), READY)).toEqual([]);
  });

  test("who does not know this connection yet is told of it", () => {
    const known = { from: "ours", to: "theirs", ready: true };
    for (const state of [unbound(IMPOLITE), IMPOLITE])
      expect(saidBy(doneBy(state, { ...READY, to: null }))).toEqual([known]);
    expect(saidBy(doneBy(IMPOLITE, READY))).toEqual([]);
  });

  test("what was meant for a connection that is no more is answered with the new one", () => {
    for (const state of [unbound(IMPOLITE), IMPOLITE]) {
      const [next, ...effects] = stepOf(state, { ...READY, to: "an older one" });
      expect([next, saidBy(effects)]).toEqual([state, [{ from: "ours", to: null, ready: true }]]);
    }
  });

  test("the other's new connection takes a new one here", () => {
    const [next, ...effects] = stepOf(IMPOLITE, { ...READY, from: "their new one", to: null });
    expect([next.pair, next.remoteId, namesOf(effects)]).toEqual(["bound", "their new one", ["open", "startTimer"]]);
    expect(namesOf(doneBy(next, { type: "opened", id: "our new one" }))).toEqual(["addLines", "say"]);
  });

  test("the polite one's meets it too as long as nothing was negotiated on it", () => {
    for (const to of [null, "ours"]) {
      const ready: Happened = { ...READY, from: "their new one", to };
      const [next, ...effects] = stepOf(POLITE, ready, FRESH);
      expect([next.localId, next.remoteId]).toEqual(["ours", "their new one"]);
      expect(saidBy(effects)).toEqual([{ from: "ours", to: "their new one", ready: true }]);
      expect(namesOf(doneBy(POLITE, ready))).toContain("open");
      expect(namesOf(doneBy(IMPOLITE, ready, FRESH))).toContain("open");
    }
  });

  test("after the other's socket was away the impolite one looks for the way again", () => {
    const isBack = { ...READY, to: null, isBack: true };
    expect(namesOf(doneBy(IMPOLITE, isBack))).toContain("restartIce");
    expect(namesOf(doneBy(POLITE, isBack))).toEqual(["say"]);
  });
});

describe("descriptions", () => {
  const offered = (offer: number): Happened => ({ type: "description", ...ADDRESSES, description: DESCRIPTION, offer });

  test("an offer is taken, and answered under its number", () => {
    expect(namesOf(doneBy(POLITE, offered(1)))).toEqual(["takeDescription"]);
    expect(doneBy(POLITE, { type: "taken", kind: "offer", offer: 1 })).toEqual([{ do: "answer", offer: 1 }]);
    expect(doneBy(POLITE, { type: "taken", kind: "answer", offer: 1 })).toEqual([]);
  });

  test("an offer that is not newer than the last is not answered", () => {
    const [next] = stepOf(POLITE, offered(2));
    for (const offer of [1, 2]) expect(stepOf(next, offered(offer))).toEqual([next]);
  });

  test("the answer to an offer that was taken back fits no other", () => {
    const answered = (offer: number) =>
      doneBy(IMPOLITE, { type: "description", ...ADDRESSES, description: ANSWER, offer });
    expect([namesOf(answered(1)), namesOf(answered(2))]).toEqual([[], ["takeDescription"]]);
  });

  test("of two offers that cross, the impolite one's stands", () => {
    const crossing: Seen = { ...STANDING, signalingState: "have-local-offer" };
    const [ignoring, ...effects] = stepOf(IMPOLITE, offered(1), crossing);
    expect([ignoring.ignoresOffer, effects]).toEqual([true, []]);
    expect(namesOf(doneBy(POLITE, offered(1), crossing))).toEqual(["takeDescription"]);
    // Its candidates fit nothing, and that is no trouble.
    expect(doneBy(ignoring, { type: "signalFailed", isLate: false })).toEqual([]);
  });

  test("an offer that is just being made counts as made", () => {
    const [offering] = stepOf(IMPOLITE, { type: "negotiationNeeded" });
    expect(doneBy(offering, offered(1))).toEqual([]);
    const [failed] = stepOf(offering, { type: "offerFailed" });
    expect(namesOf(doneBy(failed, offered(1)))).toEqual(["takeDescription"]);
  });

  test.each(["from", "to"])("a signal of another pair of connections is not heard: %s", (name) => {
    for (const happened of EVENTS.filter(({ type }) => ["restart", "description", "candidate"].includes(type))) {
      expect(stepOf(IMPOLITE, { ...happened, [name]: "another" } as Happened)).toEqual([IMPOLITE]);
    }
  });

  test("what could not be taken gives the connection its time anew, unless it was late", () => {
    expect(namesOf(doneBy(IMPOLITE, { type: "signalFailed", isLate: false }))).toEqual(["startTimer"]);
    expect(doneBy(IMPOLITE, { type: "signalFailed", isLate: true })).toEqual([]);
  });
});

describe("the way is looked for again", () => {
  const whenLost: Happened = { type: "disconnectTimeout" };
  const waiting: Seen = { ...STANDING, signalingState: "have-local-offer" };

  test("by the impolite one alone; the polite one asks for it", () => {
    expect(namesOf(doneBy(IMPOLITE, whenLost))).toEqual(["stopTimer", "restartIce"]);
    expect(saidBy(doneBy(POLITE, whenLost))).toEqual([{ ...{ from: "ours", to: "theirs" }, restart: true }]);
    expect(namesOf(doneBy(IMPOLITE, { type: "restart", ...ADDRESSES }))).toContain("restartIce");
  });

  test("an offer without an answer is taken back before", () => {
    expect(namesOf(doneBy(IMPOLITE, whenLost, waiting))).toEqual(["stopTimer", "takeBackOffer"]);
    expect(namesOf(doneBy(IMPOLITE, { type: "offerTakenBack" }))).toEqual(["restartIce"]);
    expect(namesOf(doneBy(IMPOLITE, { type: "answerTimeout" }, waiting))).toEqual(["takeBackOffer"]);
    expect(doneBy(IMPOLITE, { type: "answerTimeout" })).toEqual([]);
  });

  test("the very first offer is not taken back: the connection is made anew", () => {
    const first: Seen = { ...waiting, connectionState: "connecting", currentRemoteDescription: null };
    const [next, ...effects] = stepOf(IMPOLITE, { type: "answerTimeout" }, first);
    expect([next.pair, namesOf(effects)]).toEqual(["unbound", ["open", "startTimer"]]);
  });

  test("before anything was offered there is nothing to look for", () => {
    expect(namesOf(doneBy(unbound(IMPOLITE), { type: "socketIsBack" }, FRESH))).toEqual([
      "say",
      "stopTimer",
      "startTimer",
    ]);
  });

  test("when its own socket is back, which the other is told too", () => {
    const back = { ...ADDRESSES, from: "ours", to: "theirs", ready: true, is_back: true };
    expect(saidBy(doneBy(IMPOLITE, { type: "socketIsBack" }))).toEqual([back]);
    expect(namesOf(doneBy(IMPOLITE, { type: "socketIsBack" }))).toContain("restartIce");
    expect(namesOf(doneBy(POLITE, { type: "socketIsBack" }))).toEqual(["say"]);
  });

  test("when nothing comes for some checks, though the other says that it sends", () => {
    const checks = (isSending: boolean) => {
      let state = IMPOLITE;
      return [1, 2, 3].map(() => {
        const [next, ...effects] = stepOf(state, { type: "checked", bytes: 0, isSending });
        state = next;
        return namesOf(effects).includes("restartIce");
      });
    };
    expect(checks(true)).toEqual([false, false, true]);
    expect(checks(false)).toEqual([false, false, false]);
  });
});

describe("what is shown", () => {
  const gone: Seen = { ...STANDING, connectionState: "disconnected", iceConnectionState: "disconnected" };
  const changed: Happened = { type: "connectionChanged" };

  test("a connection that stands ends all waiting for it", () => {
    const [next, ...effects] = stepOf({ ...IMPOLITE, connection: "lost", failures: 2, isDisconnected: true }, changed);
    expect(next).toMatchObject({ connection: "connected", failures: 0, isDisconnected: false });
    expect(namesOf(effects)).toEqual(["stopTimer", "stopTimer", "setSenderParameters", "tellChange"]);
  });

  test("a short silence is told at once and given its time, once", () => {
    const [next, ...effects] = stepOf(IMPOLITE, changed, gone);
    expect([next.connection, namesOf(effects)]).toEqual(["lost", ["startTimer", "tellChange", "tellLost"]]);
    expect(stepOf(next, changed, gone)).toEqual([next]);
  });

  test("a broken one is looked for again, with a new term to come about", () => {
    expect(namesOf(doneBy(IMPOLITE, changed, BROKEN))).toEqual(["stopTimer", "tellChange", "startTimer", "restartIce"]);
  });

  test("one that does not come about is made anew, each time with more patience", () => {
    let state: State = { ...IMPOLITE, connection: "connecting" };
    const terms = [1, 2, 3, 4].map(() => {
      const [next, ...effects] = stepOf(state, { type: "connectTimeout" }, FRESH);
      state = next;
      return effects.map((effect) => (effect.do === "startTimer" ? effect.afterMs : effect.do));
    });
    expect(terms).toEqual([
      ["open", 15000, "tellChange"],
      ["open", 20000],
      ["open", 20000],
      ["open", 20000],
    ]);
    expect(stepOf(IMPOLITE, { type: "connectTimeout" })).toEqual([IMPOLITE]);
  });
});
