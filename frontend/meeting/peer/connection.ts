// The connections to one other browser, one after the other, and their timers: what the machine says is done here, and
// what comes of it is told. One that was replaced tells nothing more.
import type { Signal } from "../protocol/signals.ts";
import { randomHex } from "../random_hex.ts";
import type { DataChannel } from "./data_channel.ts";
import type { Effect, Happened, Seen, TimerName } from "./peer_link_machine.ts";
import { statsOf } from "./quality.ts";
import { CHECK_EVERY_MS } from "./watchdog.ts";

const KINDS = ["audio", "video"] as const;

export type Tracks = { audio: MediaStreamTrack | null; video: MediaStreamTrack | null };

export type ConnectionOptions = {
  name: string;
  iceServers: RTCIceServer[];
  tracks: Tracks;
  setSenderParameters: (sender: RTCRtpSender) => void;
  // Whether the other says that its camera or microphone is on.
  isSending: () => boolean;
  send: (to: string, signal: Signal) => void;
  onChange: () => void;
  // Nothing comes any more.
  onLost: () => void;
};

type Dispatch = (event: Happened, pc: Seen) => Promise<unknown>;
type Performed<Do extends Effect["do"]> = Extract<Effect, { do: Do }>;
type Performers = { [Do in Effect["do"]]: (effect: Performed<Do>) => unknown };

export class Connection implements Performers {
  videoStream: MediaStream | null = null;
  audioStream: MediaStream | null = null;
  readonly #options: ConnectionOptions;
  readonly #dataChannel: DataChannel;
  readonly #dispatch: Dispatch;
  #pc: RTCPeerConnection | null = null;
  // One name for sound and picture, so that the lips go with the words.
  #sharedStream: MediaStream | null = null;
  #watch: ReturnType<typeof setInterval> | undefined;
  #timers = new Map<TimerName, ReturnType<typeof setTimeout>>();
  #reading: Promise<unknown> = Promise.resolve();

  constructor(options: ConnectionOptions, dataChannel: DataChannel, dispatch: Dispatch) {
    this.#options = options;
    this.#dataChannel = dataChannel;
    this.#dispatch = dispatch;
  }

  // To the connection of now; there is none when the link is closed.
  async tell(event: Happened, pc = this.#pc) {
    if (pc && this.#pc === pc) await this.#dispatch(event, pc);
  }

  // One after the other: a description that comes while another is being taken would be answered under its name.
  read(event: Happened) {
    this.#reading = this.#reading.then(() => this.tell(event)).catch(() => {});
  }

  perform(effect: Effect) {
    return (this[effect.do] as (effect: Effect) => unknown)(effect);
  }

  open() {
    this.shut();
    // What waits for a closed connection waits for ever.
    this.#reading = Promise.resolve();
    const { iceServers } = this.#options;
    const pc = new RTCPeerConnection({ iceServers, bundlePolicy: "max-bundle" });
    this.#pc = pc;
    this.#sharedStream = new MediaStream();
    pc.onnegotiationneeded = () => this.tell({ type: "negotiationNeeded" }, pc);
    pc.onicecandidate = ({ candidate }) => {
      if (candidate) this.tell({ type: "candidateFound", candidate: candidate.toJSON() }, pc);
    };
    pc.onconnectionstatechange = () => this.tell({ type: "connectionChanged" }, pc);
    pc.oniceconnectionstatechange = () => this.tell({ type: "connectionChanged" }, pc);
    pc.ontrack = ({ track }) => {
      if (this.#pc === pc) this.#show(track);
    };
    this.#watch = setInterval(() => {
      this.#check(pc).catch(() => {});
    }, CHECK_EVERY_MS);
    this.tell({ type: "opened", id: randomHex(8) });
  }

  shut() {
    clearInterval(this.#watch);
    for (const timer of this.#timers.values()) clearTimeout(timer);
    this.#dataChannel.shut();
    this.videoStream = null;
    this.audioStream = null;
    this.#pc?.close();
    this.#pc = null;
  }

  say({ signal }: Performed<"say">) {
    this.#options.send(this.#options.name, signal);
  }

  addLines() {
    const pc = this.#pc;
    if (!pc || !this.#sharedStream) return;
    for (const kind of KINDS) {
      const streams = [this.#sharedStream];
      pc.addTransceiver(this.#options.tracks[kind] || kind, { direction: "sendrecv", streams });
    }
    this.#dataChannel.open(pc);
  }

  async makeOffer({ offer }: Performed<"makeOffer">) {
    const pc = this.#pc;
    try {
      await pc?.setLocalDescription();
      if (pc?.localDescription) {
        this.tell({ type: "described", description: pc.localDescription.toJSON(), offer }, pc);
        return;
      }
    } catch {
      // A description that came in between has made the offer needless, or the watch starts anew.
    }
    this.tell({ type: "offerFailed" }, pc);
  }

  // The next signal does not wait for it.
  takeBackOffer() {
    const pc = this.#pc;
    pc?.setLocalDescription({ type: "rollback" }).then(
      () => this.tell({ type: "offerTakenBack" }, pc),
      // The answer came after all, or the connection is closed.
      () => {},
    );
  }

  restartIce() {
    this.#pc?.restartIce();
  }

  takeDescription({ description, offer }: Performed<"takeDescription">) {
    return this.#take(async (pc) => {
      await pc.setRemoteDescription(description);
      await this.tell({ type: "taken", kind: description.type, offer }, pc);
    });
  }

  answer({ offer }: Performed<"answer">) {
    return this.#take(async (pc) => {
      for (const transceiver of pc.getTransceivers()) {
        const track = this.#options.tracks[transceiver.receiver.track.kind as keyof Tracks] || null;
        transceiver.direction = "sendrecv";
        if (this.#sharedStream) transceiver.sender.setStreams?.(this.#sharedStream);
        if (transceiver.sender.track !== track) await transceiver.sender.replaceTrack(track);
      }
      if (this.#pc !== pc) return;
      this.#dataChannel.open(pc);
      await pc.setLocalDescription();
      const description = pc.localDescription?.toJSON();
      if (description) this.tell({ type: "described", description, offer }, pc);
    });
  }

  addCandidate({ candidate }: Performed<"addCandidate">) {
    return this.#take((pc) => pc.addIceCandidate(candidate));
  }

  setSenderParameters() {
    this.senders().forEach(this.#options.setSenderParameters);
  }

  startTimer({ timer, afterMs }: Performed<"startTimer">) {
    this.stopTimer({ timer });
    const end = () => this.tell({ type: `${timer}Timeout` });
    this.#timers.set(timer, setTimeout(end, afterMs));
  }

  stopTimer({ timer }: Pick<Performed<"stopTimer">, "timer">) {
    clearTimeout(this.#timers.get(timer));
  }

  tellChange() {
    this.#options.onChange();
  }

  tellLost() {
    this.#options.onLost();
  }

  replaceTrack(kind: keyof Tracks, track: MediaStreamTrack | null) {
    for (const { sender, receiver } of this.#pc?.getTransceivers() ?? []) {
      if (receiver.track.kind !== kind) continue;
      sender
        .replaceTrack(track)
        .then(() => this.#options.setSenderParameters(sender))
        .catch(() => {});
    }
  }

  senders = () => this.#pc?.getSenders() ?? [];

  getStats = () => (this.#pc ? this.#pc.getStats() : Promise.reject(new Error("closed")));

  async #take(act: (pc: RTCPeerConnection) => Promise<void>) {
    const pc = this.#pc;
    if (!pc) return;
    try {
      await act(pc);
    } catch (problem) {
      const isLate = problem instanceof Error && problem.name === "InvalidStateError";
      this.tell({ type: "signalFailed", isLate }, pc);
    }
  }

  #show(track: MediaStreamTrack) {
    const stream = new MediaStream([track]);
    if (track.kind === "video") this.videoStream = stream;
    else this.audioStream = stream;
    this.#options.onChange();
  }

  async #check(pc: RTCPeerConnection) {
    if (pc.connectionState !== "connected") return;
    let bytes = 0;
    for (const stat of statsOf(await pc.getStats())) {
      if (stat.type === "inbound-rtp") bytes += stat.bytesReceived || 0;
    }
    await this.tell({ type: "checked", bytes, isSending: this.#options.isSending() }, pc);
  }
}
