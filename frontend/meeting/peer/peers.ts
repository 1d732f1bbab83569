// The mesh: one link to each other browser in the meeting.

import { SILENT_STATE, stateMessage, textMessage } from "./data_channel.ts";
import { createPeerLink } from "./peer_link.ts";
import { judgeQuality, measure, readStats, settle, UNJUDGED, worstQuality } from "./quality.ts";

const MEASURE_EVERY_MS = 2000;
const FROZEN_AFTER = 2;

// `tracks` is {audio, video}, changed by `replaceTrack` alone. `onChange` says that `view()` has changed.
// `onLost` says that nothing comes from one of them, `onFlood` that one wrote too much and is heard no more.
export function createPeers({ ownName, iceServers, send, tracks, tune, ownState, onChange, onLost, onText, onFlood }) {
  const links = new Map();
  // Written to whoever left without having read it: a page that was loaded again comes back under another name.
  let unread = [];

  function meet(peer) {
    if (peer.peer === ownName || links.has(peer.peer)) return;
    const entry = { ...peer, state: SILENT_STATE, stats: null, still: 0, verdict: UNJUDGED };
    links.set(peer.peer, entry);
    entry.link = createPeerLink({
      ownName,
      name: peer.peer,
      iceServers,
      send,
      tracks,
      tune,
      isSending: () => entry.state.camera || entry.state.microphone,
      onChange,
      onLost,
      onFlood: () => onFlood(entry),
      onOpen: () => entry.link.talk(stateMessage(ownState())),
      onTalk(message) {
        if (message.type === "text") onText(entry, message);
        else entry.state = stateMessage(message);
        onChange();
      },
    });
    const isSame = ({ role, name }) => role === peer.role && name === peer.name;
    for (const { message } of unread.filter(isSame)) entry.link.talk(message);
    unread = unread.filter((one) => !isSame(one));
  }

  function leave(name) {
    const entry = links.get(name);
    if (!entry) return;
    links.delete(name);
    const { role, name: person } = entry;
    unread = unread.concat(entry.link.unread().map((message) => ({ role, name: person, message })));
    entry.link.close();
    onChange();
  }

  async function measureOne(entry) {
    const before = entry.stats;
    const view = entry.link.view();
    if (view.connection !== "connected") {
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

  const timer = setInterval(async () => {
    await Promise.allSettled([...links.values()].map(measureOne));
    onChange();
  }, MEASURE_EVERY_MS);

  const all = (act) => {
    for (const { link } of links.values()) act(link);
  };

  return {
    // All that are in the meeting now; whoever is not among them has left.
    meetAll(peers) {
      const names = peers.map(({ peer }) => peer);
      for (const name of [...links.keys()]) if (!names.includes(name)) leave(name);
      for (const peer of peers) {
        if (links.has(peer.peer)) links.get(peer.peer).link.revive();
        else meet(peer);
      }
      onChange();
    },
    meet(peer) {
      meet(peer);
      onChange();
    },
    leave,
    receive: (from, data) => links.get(from)?.link.receive(data),
    replaceTrack(kind, track) {
      tracks[kind] = track;
      all((link) => link.replaceTrack(kind, track));
    },
    tuneAll: () => all((link) => link.senders().forEach(tune)),
    tellState: () => all((link) => link.talk(stateMessage(ownState()))),
    say: (id, text) => all((link) => link.talk(textMessage(id, text))),
    quality: () => worstQuality([...links.values()].map(({ verdict }) => verdict.word)),
    view: () =>
      [...links.values()].map(({ peer, role, name, is_confirmed, state, link }) => ({
        peer,
        role,
        name,
        is_confirmed,
        state,
        ...link.view(),
      })),
    close() {
      clearInterval(timer);
      all((link) => link.close());
      links.clear();
    },
  };
}
