// The mesh: one link to each other browser in the meeting.
import {
  type MediaState,
  SILENT_STATE,
  stateMessage,
  type TextMessage,
  textMessage,
} from "../protocol/channel_messages.ts";
import type { Peer, Role } from "../protocol/messages.ts";
import type { IncomingSignal } from "../protocol/signals.ts";
import type { Tracks } from "./connection.ts";
import { createPeerLink, type PeerLink, type PeerLinkOptions } from "./peer_link.ts";
import {
  judgeQuality,
  measure,
  readStats,
  type Sums,
  settle,
  UNJUDGED,
  type Verdict,
  worstQuality,
} from "./quality.ts";

const MEASURE_EVERY_MS = 2000;
const FROZEN_AFTER = 2;

type Entry = Peer & { state: MediaState; stats: Sums | null; still: number; verdict: Verdict; link: PeerLink };

export type PeerView = Peer & { state: MediaState } & Partial<ReturnType<PeerLink["view"]>>;

type PeersOptions = Pick<
  PeerLinkOptions,
  "ownName" | "iceServers" | "send" | "tracks" | "setSenderParameters" | "onChange" | "onLost"
> & {
  ownState: () => MediaState;
  onText: (from: Peer, message: TextMessage) => void;
  onFlood: (from: Peer) => void;
};

export type Peers = ReturnType<typeof createPeers>;

// `tracks` is {audio, video}, changed by `replaceTrack` alone. `onChange` says that `view()` has changed.
// `onLost` says that nothing comes from one of them, `onFlood` that one wrote too much and is heard no more.
export function createPeers(options: PeersOptions) {
  const { ownName, tracks, setSenderParameters, ownState, onChange } = options;
  const links = new Map<string, Entry>();
  const left = createUnread();

  function add(peer: Peer) {
    if (peer.peer === ownName || links.has(peer.peer)) return;
    const entry = connect(peer, options);
    links.set(peer.peer, entry);
    left.takeFor(peer).forEach(entry.link.send);
  }

  function remove(name: string) {
    const entry = links.get(name);
    if (!entry) return;
    links.delete(name);
    left.keep(entry);
    entry.link.close();
    onChange();
  }

  const timer = setInterval(async () => {
    await Promise.allSettled([...links.values()].map(measureOne));
    onChange();
  }, MEASURE_EVERY_MS);

  const all = (act: (link: PeerLink) => void) => {
    for (const { link } of links.values()) act(link);
  };

  return {
    // All that are in the meeting now; whoever is not among them has left.
    reconcile(peers: Peer[]) {
      const names = peers.map(({ peer }) => peer);
      for (const name of [...links.keys()]) if (!names.includes(name)) remove(name);
      for (const peer of peers) {
        const known = links.get(peer.peer);
        if (known) known.link.revive();
        else add(peer);
      }
      onChange();
    },
    add(peer: Peer) {
      add(peer);
      onChange();
    },
    remove,
    receive: (from: string, data: IncomingSignal | null) => links.get(from)?.link.receive(data),
    replaceTrack(kind: keyof Tracks, track: MediaStreamTrack | null) {
      tracks[kind] = track;
      all((link) => link.replaceTrack(kind, track));
    },
    setAllSenderParameters: () => all((link) => link.senders().forEach(setSenderParameters)),
    tellState: () => all((link) => link.send(stateMessage(ownState()))),
    say: (id: string, text: string) => all((link) => link.send(textMessage(id, text))),
    quality: () => worstQuality([...links.values()].map(({ verdict }) => verdict.word)),
    view: () => [...links.values()].map(viewOf),
    close() {
      clearInterval(timer);
      all((link) => link.close());
      links.clear();
    },
  };
}

function connect(peer: Peer, options: PeersOptions): Entry {
  const { onChange, onFlood, onText, ownState } = options;
  const link = createPeerLink({
    ...options,
    name: peer.peer,
    isSending: () => entry.state.camera || entry.state.microphone,
    onFlood: () => onFlood(entry),
    onOpen: () => entry.link.send(stateMessage(ownState())),
    onMessage(message) {
      if (message.type === "text") onText(entry, message);
      else entry.state = stateMessage(message);
      onChange();
    },
  });
  const entry: Entry = { ...peer, state: SILENT_STATE, stats: null, still: 0, verdict: UNJUDGED, link };
  return entry;
}

const viewOf = ({ peer, role, name, is_confirmed, state, link }: Entry): PeerView => ({
  peer,
  role,
  name,
  ...(is_confirmed === undefined ? {} : { is_confirmed }),
  state,
  ...link.view(),
});

// What was written to whoever left without having read it: a page that was loaded again comes back under another name.
function createUnread() {
  let unread: { role: Role; name: string; message: TextMessage }[] = [];
  return {
    keep({ role, name, link }: Entry) {
      unread = unread.concat(link.unread().map((message) => ({ role, name, message })));
    },
    takeFor({ role, name }: Peer): TextMessage[] {
      const isTheirs = (one: { role: Role; name: string }) => one.role === role && one.name === name;
      const taken = unread.filter(isTheirs).map(({ message }) => message);
      unread = unread.filter((one) => !isTheirs(one));
      return taken;
    },
  };
}

async function measureOne(entry: Entry) {
  const before = entry.stats;
  if (entry.link.view().connection !== "connected") {
    entry.stats = null;
    entry.verdict = UNJUDGED;
    return;
  }
  entry.stats = readStats(await entry.link.getStats());
  if (!before || entry.stats.bytes < before.bytes) return;
  const measured = measure(before, entry.stats);
  entry.still = entry.state.camera && measured.frames <= 0 ? entry.still + 1 : 0;
  entry.verdict = settle(entry.verdict, judgeQuality({ ...measured, isFrozen: entry.still >= FROZEN_AFTER }));
}
