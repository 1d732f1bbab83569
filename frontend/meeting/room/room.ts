// The meeting as this browser lives it: what the server says, who is there, what was written. What becomes of it is in
// `room_state.ts`; here it is done. Knows nothing of React.
import { setSenderParameters } from "../media/document_mode.ts";
import type { OwnMedia } from "../media/own_media.ts";
import { isLive, type OwnMediaState } from "../media/own_state.ts";
import { createPeers, type Peers } from "../peer/peers.ts";
import type { MediaState } from "../protocol/channel_messages.ts";
import type { IdentityDocument, Outcome, Peer } from "../protocol/messages.ts";
import type { IncomingSignal } from "../protocol/signals.ts";
import { randomHex } from "../random_hex.ts";
import { openSignalling, type Signalling } from "../signalling/signalling.ts";
import { createStore, type Store } from "../store.ts";
import {
  addMessage,
  type Effect,
  finish,
  hear,
  type Message,
  type Phase,
  type RoomState,
  refuseDocument,
  START,
  type Step,
} from "./room_state.ts";

const KEYS = ["camera", "microphone", "document"] as const;

type Media = Pick<OwnMedia, "store" | "tracks" | "onTrack" | "showDocument" | "close">;

type RoomOptions = {
  address: string;
  clientId: string;
  iceServers: RTCIceServer[];
  media: Media;
  onOver: (phase: Phase) => void;
  onTrouble?: () => void;
  Socket?: typeof WebSocket;
};

type Performers = { [Do in Effect["do"]]: (effect: Extract<Effect, { do: Do }>) => unknown };

export type Room = ReturnType<typeof createRoom>;

// `onOver` is called once, when nothing more will come; `onTrouble` when the socket cannot be opened.
export function createRoom({ address, clientId, iceServers, media, onOver, onTrouble, Socket }: RoomOptions) {
  const store = createStore(START);
  const now = store.get;
  const signalling = openSignalling({
    address,
    clientId,
    ...(Socket && { Socket }),
    onMessage: (message) => run(hear(now(), message)),
    onState: (socket) => store.set({ socket }),
    onRoundTrip: (roundTripMs) => store.set({ roundTripMs }),
    onTrouble,
  });
  const mesh = createMesh({ iceServers, media, store, signalling, run });
  const forgetMedia = watchMedia(media, {
    onDocument(isOn) {
      if (isOn) store.set({ documentAsked: "no" });
      mesh.get()?.setAllSenderParameters();
    },
    onDifference: mesh.performers.tellState,
  });
  media.onTrack((kind, track) => mesh.get()?.replaceTrack(kind, track));
  const performers: Performers = {
    ...mesh.performers,
    hideDocument: () => void media.showDocument(false),
    finish() {
      forgetMedia();
      media.close();
      onOver(now().phase);
    },
  };

  function run([next, ...effects]: Step) {
    store.set(next);
    for (const effect of effects) (performers[effect.do] as (effect: Effect) => void)(effect);
  }

  return {
    store,
    ...requestsOf(signalling),
    say(text: string) {
      const id = randomHex(8);
      mesh.get()?.say(id, text);
      run(addMessage(now(), { id, text, isOwn: true }));
    },
    refuseDocument: () => run(refuseDocument(now())),
    forgetProblem: () => store.set({ problem: null }),
    leave() {
      signalling.leave();
      run(finish(now(), { phase: "left" }));
    },
    // The answer may come when the socket is open after all.
    noteBlocked() {
      if (now().socket !== "open") store.set({ isBlocked: true });
    },
    // The server said meanwhile that there is no way in.
    refuse(code: string) {
      signalling.close();
      run(finish(now(), { phase: "refused", refusal: code }));
    },
    // For a page that goes away without leaving: the tab keeps its id, so that a reload comes back.
    dispose() {
      signalling.close();
      run(finish(now(), { phase: "disposed" }));
    },
  };
}

// What is asked of the server.
const requestsOf = ({ send, takeOver }: Signalling) => ({
  takeOver,
  admit: () => send({ type: "admit" }),
  askDocument: (isOn: boolean) => send({ type: "ask_document", is_on: isOn }),
  confirmIdentity: (document: IdentityDocument) => send({ type: "identity", document }),
  askPhone: () => send({ type: "phone" }),
  invite: (name: string) => send({ type: "invite", name }),
  withdraw: (guest: number) => send({ type: "withdraw", guest }),
  end: (outcome: Outcome) => send({ type: "end", outcome }),
});

type MeshOptions = {
  iceServers: RTCIceServer[];
  media: Media;
  store: Store<RoomState>;
  signalling: Signalling;
  run: (step: Step) => void;
};

// The connections to the others while there are any.
function createMesh({ iceServers, media, store, signalling, run }: MeshOptions) {
  let peers: Peers | null = null;
  const write = (message: Message) => run(addMessage(store.get(), message));
  const tell = once(() => {
    if (peers) store.set({ peers: peers.view(), quality: peers.quality() });
  });
  const open = () =>
    createPeers({
      ownName: store.get().ownName,
      iceServers,
      send: (to, data) => signalling.send({ type: "signal", to, data }),
      tracks: media.tracks(),
      setSenderParameters: (sender) => void setSenderParameters(sender, media.store.get().document.isOn),
      ownState: () => told(media.store.get(), store.get()),
      onChange: tell,
      onLost: signalling.doubt,
      onText: (from, { id, text }) => write({ id: `${from.peer}.${id}`, name: from.name, role: from.role, text }),
      onFlood: ({ peer, name, role }) => write({ id: `flood.${peer}`, name, role, isFlood: true }),
    });
  return {
    get: () => peers,
    performers: {
      meetPeers(effect: { peers: Peer[] }) {
        peers ??= open();
        peers.reconcile(effect.peers);
      },
      addPeer: ({ peer }: { peer: Peer }) => peers?.add(peer),
      removePeer: ({ name }: { name: string }) => peers?.remove(name),
      passSignal: ({ from, data }: { from: string; data: IncomingSignal | null }) => peers?.receive(from, data),
      leavePeers() {
        peers?.close();
        peers = null;
      },
      tellState: () => peers?.tellState(),
    },
  };
}

// Many things change at once; React need hear of them once.
function once(act: () => void) {
  let isTold = false;
  return () => {
    if (isTold) return;
    isTold = true;
    queueMicrotask(() => {
      isTold = false;
      act();
    });
  };
}

const mediaStateOf = ({ camera, microphone, document }: OwnMediaState): MediaState => ({
  camera: isLive(camera),
  microphone: isLive(microphone),
  document: document.isOn ? "on" : "off",
});

// What the others are told of one's own camera, microphone and document.
function told(own: OwnMediaState, { documentAsked }: RoomState): MediaState {
  const state = mediaStateOf(own);
  return state.document === "off" && documentAsked === "refused" ? { ...state, document: "refused" } : state;
}

type Listeners = { onDocument: (isOn: boolean) => void; onDifference: () => void };

// Until the returned function is called.
function watchMedia(media: Media, { onDocument, onDifference }: Listeners) {
  let was = media.store.get();
  return media.store.subscribe((now) => {
    const [before, after] = [mediaStateOf(was), mediaStateOf(now)];
    was = now;
    if (before.document !== after.document) onDocument(now.document.isOn);
    if (KEYS.some((name) => before[name] !== after[name])) onDifference();
  });
}
