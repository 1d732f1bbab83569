// A browser's connections, as far as their negotiation goes, and the network between them, on the test's clock. They
// keep the specification's rules: one thing after the other, a rollback, the events that ask for an offer.

type Sdp = { ufrag: string };
type Described = RTCSessionDescriptionInit & Sdp & { toJSON: () => RTCSessionDescriptionInit };
type Way = { to: FakePeerConnection; from: number; at: number };
type FakeDataChannel = {
  readyState: string;
  onopen?: () => void;
  onmessage?: (event: { data: string }) => void;
  close: () => void;
  send: (text: string) => void;
};
type Sender = { track: unknown; replaceTrack: (track: unknown) => Promise<void>; setStreams: () => void };
type Transceiver = { sender: Sender; receiver: { track: { kind: string } }; direction: string; mid: string | null };

const DISCONNECTED_AFTER_MS = 1000;
const FAILED_AFTER_MS = 9000;
const TICK_MS = 50;

function described(type: RTCSdpType, sdp: Sdp): Described {
  return { type, ...sdp, toJSON: () => ({ type, sdp: JSON.stringify(sdp) }) };
}

const named = ({ type, sdp }: RTCSessionDescriptionInit): Described => described(type, JSON.parse(sdp ?? "{}"));

const unfit = () => new DOMException("", "InvalidStateError");

// The machine of one browser, with its address in a network.
export class FakeHost {
  address = 0;
  // Of a network that changed without a word: the browser goes on calling its connections connected.
  isSilent = false;

  changeNetwork(isSilent: boolean) {
    this.address += 1;
    this.isSilent = isSilent;
  }
}

// One world of connections; the fortune tells how long each step takes.
export class FakeNetwork {
  all: FakePeerConnection[] = [];
  readonly fortune: () => number;
  #clock = setInterval(() => this.#tick(), TICK_MS);

  constructor(fortune: () => number) {
    this.fortune = fortune;
  }

  // What a browser calls RTCPeerConnection.
  browserOf(host: FakeHost) {
    const network = this;
    return class extends FakePeerConnection {
      constructor() {
        super(network, host);
      }
    };
  }

  open = () => this.all.filter((one) => one.signalingState !== "closed");

  close() {
    clearInterval(this.#clock);
  }

  #tick() {
    for (const one of this.open()) one.lookForWay(this.open());
    for (const one of this.open()) one.tellWay();
  }
}

export class FakePeerConnection {
  signalingState: RTCSignalingState = "stable";
  connectionState: RTCPeerConnectionState = "new";
  iceConnectionState: RTCIceConnectionState = "new";
  currentLocal: Described | null = null;
  currentRemote: Described | null = null;
  pendingLocal: Described | null = null;
  pendingRemote: Described | null = null;
  onnegotiationneeded: ((event: object) => void) | null = null;
  onicecandidate: ((event: object) => void) | null = null;
  onconnectionstatechange: ((event: object) => void) | null = null;
  oniceconnectionstatechange: ((event: object) => void) | null = null;
  ontrack: ((event: object) => void) | null = null;
  readonly host: FakeHost;
  readonly network: FakeNetwork;
  way: Way | null = null;
  #transceivers: Transceiver[] = [];
  #channel: FakeDataChannel | null = null;
  #candidates: { ufrag: string; address: number }[] = [];
  #isRestarting = false;
  #isAsking = false;
  #waiting = 0;
  #chain: Promise<unknown> = Promise.resolve();
  #bytes = 0;
  #wantsWaySince: number | null = null;

  constructor(network: FakeNetwork, host: FakeHost) {
    this.network = network;
    this.host = host;
    network.all.push(this);
  }

  get localDescription() {
    return this.pendingLocal ?? this.currentLocal;
  }
  get currentRemoteDescription() {
    return this.currentRemote;
  }

  addTransceiver(trackOrKind: string | { kind: string }) {
    this.#transceivers.push(transceiver(typeof trackOrKind === "string" ? trackOrKind : trackOrKind.kind, null));
    this.#askForOffer();
  }
  hear(data: string) {
    this.#channel?.onmessage?.({ data });
  }
  getTransceivers = () => this.#transceivers;
  getSenders = () => this.#transceivers.map(({ sender }) => sender);
  createDataChannel() {
    const send = (data: string) => {
      const to = this.way?.to;
      setTimeout(() => to?.hear(data), this.network.fortune() * 20);
    };
    const channel: FakeDataChannel = { readyState: "connecting", close() {}, send };
    this.#channel = channel;
    return channel;
  }
  async getStats() {
    return new Map([["in", { type: "inbound-rtp", bytesReceived: this.#bytes }]]);
  }
  restartIce() {
    this.#isRestarting = true;
    this.#askForOffer();
  }
  setLocalDescription = (init?: RTCSessionDescriptionInit) => this.#inLine(() => this.#describeHere(init));
  setRemoteDescription = (init: RTCSessionDescriptionInit) => this.#inLine(() => this.#describeThere(named(init)));
  addIceCandidate = (init: RTCIceCandidateInit) =>
    this.#inLine(() => {
      const remote = this.pendingRemote ?? this.currentRemote;
      if (!remote) throw unfit();
      const { usernameFragment: ufrag } = init;
      if (ufrag !== remote.ufrag) throw new DOMException("", "OperationError");
      this.#candidates.push({ ufrag, address: Number(init.candidate) });
    });
  close() {
    this.signalingState = "closed";
    this.connectionState = "closed";
    this.iceConnectionState = "closed";
    this.way = null;
  }

  // One thing after the other; what waits for a closed connection waits for ever.
  #inLine(act: () => void): Promise<void> {
    this.#waiting += 1;
    const done = this.#chain.then(
      () =>
        new Promise<void>((resolve, reject) => {
          setTimeout(() => {
            if (this.signalingState === "closed") return;
            this.#waiting -= 1;
            try {
              act();
              resolve();
            } catch (problem) {
              reject(problem);
            }
            this.#askForOffer();
          }, this.network.fortune() * 20);
        }),
    );
    this.#chain = done.catch(() => {});
    return done;
  }

  #needsOffer = () => this.#isRestarting || this.#transceivers.some(({ mid }) => mid === null);

  #askForOffer() {
    const mayAsk = () => this.signalingState === "stable" && this.#waiting === 0 && this.#needsOffer();
    if (this.#isAsking || !mayAsk()) return;
    this.#isAsking = true;
    setTimeout(() => {
      this.#isAsking = false;
      if (mayAsk()) this.onnegotiationneeded?.({});
    });
  }

  #newUfrag = () => Math.floor(this.network.fortune() * 2 ** 31).toString(36);

  #describeHere(init?: RTCSessionDescriptionInit) {
    if (init?.type === "rollback") {
      if (this.signalingState !== "have-local-offer") throw unfit();
      this.pendingLocal = null;
      this.signalingState = "stable";
    } else if (this.signalingState === "have-remote-offer") {
      const keeps = this.currentLocal && this.currentRemote?.ufrag === this.pendingRemote?.ufrag;
      const ufrag = keeps && this.currentLocal ? this.currentLocal.ufrag : this.#newUfrag();
      this.#settle(described("answer", { ufrag }), this.pendingRemote);
      this.#gather(ufrag);
    } else {
      const ufrag = this.currentLocal && !this.#isRestarting ? this.currentLocal.ufrag : this.#newUfrag();
      this.pendingLocal = described("offer", { ufrag });
      this.signalingState = "have-local-offer";
      this.#gather(ufrag);
    }
  }

  #describeThere(description: Described) {
    if (description.type === "answer") {
      if (this.signalingState !== "have-local-offer") throw unfit();
      this.#isRestarting = false;
      this.#settle(this.pendingLocal, description);
      return;
    }
    // In the place of one's own offer, which is rolled back.
    this.pendingLocal = null;
    this.pendingRemote = description;
    this.signalingState = "have-remote-offer";
    if (!this.#transceivers.length) this.#transceivers = ["audio", "video"].map((kind) => transceiver(kind, kind));
  }

  #settle(local: Described | null, remote: Described | null) {
    this.currentLocal = local;
    this.currentRemote = remote;
    this.pendingLocal = null;
    this.pendingRemote = null;
    this.signalingState = "stable";
    for (const one of this.#transceivers) one.mid = one.receiver.track.kind;
  }

  #gather(ufrag: string) {
    setTimeout(() => {
      const candidate = { candidate: String(this.host.address), usernameFragment: ufrag };
      this.onicecandidate?.({ candidate: { toJSON: () => candidate } });
    }, this.network.fortune() * 30);
  }

  // A way is there when both know each other's names, and one of them where the other is.
  lookForWay(all: FakePeerConnection[]) {
    const { currentLocal, currentRemote } = this;
    const to = all.find(
      (one) =>
        one !== this &&
        currentLocal?.ufrag === one.currentRemote?.ufrag &&
        currentRemote?.ufrag === one.currentLocal?.ufrag,
    );
    if (!to || !currentLocal || (!this.#knows(to) && !to.#knows(this))) return;
    this.way = { to, from: this.host.address, at: to.host.address };
    if (this.#wantsWaySince !== null || this.connectionState !== "connected") this.host.isSilent = false;
  }

  #knows = (other: FakePeerConnection) =>
    this.#candidates.some(
      ({ ufrag, address }) => ufrag === other.currentLocal?.ufrag && address === other.host.address,
    );

  #isAlive() {
    const { way } = this;
    return (
      way !== null &&
      way.to.signalingState !== "closed" &&
      way.from === this.host.address &&
      way.at === way.to.host.address
    );
  }

  tellWay() {
    if (!this.currentLocal || !this.currentRemote) return;
    if (this.#isAlive()) {
      this.#bytes += 100;
      this.#wantsWaySince = null;
      this.#tell("connected");
      return;
    }
    if (this.way && this.host.isSilent) return;
    this.#wantsWaySince ??= performance.now();
    const without = performance.now() - this.#wantsWaySince;
    if (without > FAILED_AFTER_MS) this.#tell("failed");
    else if (!this.way) this.#tell("connecting");
    else if (without > DISCONNECTED_AFTER_MS) this.#tell("disconnected");
  }

  #tell(state: "connecting" | "connected" | "disconnected" | "failed") {
    if (this.connectionState === state) return;
    this.iceConnectionState = state === "connecting" ? "checking" : state;
    this.oniceconnectionstatechange?.({});
    this.connectionState = state;
    this.onconnectionstatechange?.({});
    if (state !== "connected" || !this.#channel || this.#channel.readyState === "open") return;
    this.#channel.readyState = "open";
    this.#channel.onopen?.();
  }
}

function transceiver(kind: string, mid: string | null): Transceiver {
  const sender: Sender = {
    track: null,
    setStreams() {},
    async replaceTrack(track) {
      sender.track = track;
    },
  };
  return { sender, receiver: { track: { kind } }, direction: "recvonly", mid };
}
