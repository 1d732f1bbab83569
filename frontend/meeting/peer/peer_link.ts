// The way to one other browser: a connection, and what it takes to get it back. What to do when is in
// `peer_link_machine.ts`; in `connection.ts` it is done.
import type { IncomingSignal } from "../protocol/signals.ts";
import { Connection, type ConnectionOptions, type Tracks } from "./connection.ts";
import { createDataChannel, type DataChannelListeners } from "./data_channel.ts";
import { type Happened, type State, type Step, start, step } from "./peer_link_machine.ts";

export type PeerLink = ReturnType<typeof createPeerLink>;

export type PeerLinkOptions = ConnectionOptions & DataChannelListeners & { ownName: string };

// `send` carries signals; `onLost` says that nothing comes any more, `onFlood` that too much was said on the data
// channel.
export function createPeerLink(options: PeerLinkOptions) {
  const { ownName, name } = options;
  const dataChannel = createDataChannel(options);
  const connection = new Connection(options, dataChannel, (event, pc) => run(step(state, { ...event, pc })));
  let state: State;

  // Until what it leads to is done.
  function run([next, ...effects]: Step) {
    state = next;
    return Promise.all(effects.map((effect) => connection.perform(effect)));
  }

  run(start(ownName > name));
  return {
    name,
    receive(data: IncomingSignal | null) {
      const event = readSignal(data);
      if (event) connection.read(event);
    },
    // After the socket came back.
    revive: () => connection.tell({ type: "socketIsBack" }),
    replaceTrack: (kind: keyof Tracks, track: MediaStreamTrack | null) => connection.replaceTrack(kind, track),
    send: dataChannel.send,
    unread: dataChannel.unread,
    senders: connection.senders,
    getStats: connection.getStats,
    view: () => ({
      connection: state.connection,
      videoStream: connection.videoStream,
      audioStream: connection.audioStream,
      canTalk: dataChannel.isOpen(),
    }),
    close: () => connection.tell({ type: "close" }),
  };
}

// What the other browser says is not trusted: any of it may be missing.
function readSignal(data: IncomingSignal | null): Happened | null {
  if (!data || typeof data.from !== "string") return null;
  const { from, to = null, description, offer = 0, candidate } = data;
  const addresses = { from, to };
  if (data.ready) return { type: "ready", ...addresses, isBack: data.is_back === true };
  if (data.restart) return { type: "restart", ...addresses };
  if (description) return { type: "description", ...addresses, description, offer };
  return candidate ? { type: "candidate", ...addresses, candidate } : null;
}
