// One's own camera and microphone themselves: opened, stopped, lost, one thing at a time.
import { createStore } from "../store.ts";
import {
  cameraConstraints,
  classifyProblem,
  listDevices,
  microphoneConstraints,
  openTrack,
  type TrackKind,
} from "./devices.ts";
import { documentConstraints, hintDetail } from "./document_mode.ts";
import {
  choiceOf,
  type DeviceChoice,
  kindOf,
  NO_DOCUMENT,
  type OwnMediaState,
  type SourceName,
  startOf,
} from "./own_state.ts";

export type OnTrack = (kind: TrackKind, track: MediaStreamTrack | null) => void;
export type SourcesOptions = { kept: DeviceChoice; onKeep: (choice: DeviceChoice) => void; onTrack: OnTrack };

const NAMES = ["camera", "microphone"] as const;

export class OwnSources {
  readonly store;
  readonly #onKeep;
  onTrack: OnTrack;
  #isClosed = false;
  #line: Promise<void> = Promise.resolve();

  constructor({ kept, onKeep, onTrack }: SourcesOptions) {
    this.store = createStore(startOf(kept));
    this.#onKeep = onKeep;
    this.onTrack = onTrack;
    globalThis.navigator?.mediaDevices?.addEventListener?.("devicechange", this.refresh);
  }

  get own() {
    return this.store.get();
  }

  change<Name extends SourceName | "speaker" | "document">(name: Name, values: Partial<OwnMediaState[Name]>) {
    this.store.set({ [name]: { ...this.own[name], ...values } } as Partial<OwnMediaState>);
  }

  // Two quick presses must not open a camera twice.
  inLine(act: () => Promise<void>) {
    this.#line = this.#line
      .catch(() => {})
      .then(async () => {
        if (this.#isClosed) return;
        this.store.set({ isBusy: true });
        try {
          await act();
        } finally {
          this.store.set({ isBusy: false });
        }
      });
    return this.#line;
  }

  keep() {
    this.#onKeep(choiceOf(this.own));
  }

  refresh = async () => {
    if (!this.#isClosed) this.store.set({ devices: await listDevices() });
  };

  take(name: SourceName, track: MediaStreamTrack | null) {
    if (this.#isClosed) {
      track?.stop();
      return;
    }
    if (track) this.#watch(name, track);
    this.change(name, { track, isOn: Boolean(track), problem: null, ...(track && lastOpened(track)) });
    this.onTrack(kindOf(name), track);
  }

  stop(name: SourceName) {
    const { track } = this.own[name];
    if (!track) return;
    track.onended = null;
    track.onmute = null;
    track.onunmute = null;
    track.stop();
  }

  // Stops what is open first: most phones cannot open a second camera beside it.
  async reopen(name: SourceName) {
    this.stop(name);
    try {
      const track = await openTrack(kindOf(name), this.#constraintsOf(name));
      if (name === "camera") hintDetail(track, this.own.document.isOn);
      this.take(name, track);
      return true;
    } catch (error) {
      this.take(name, null);
      this.change(name, { problem: classifyProblem(error), failures: this.own[name].failures + 1 });
      return false;
    }
  }

  mute(isMuted: boolean) {
    const { track } = this.own.microphone;
    if (track) track.enabled = !isMuted;
    this.change("microphone", { isOn: !isMuted });
  }

  // Off means that the camera's light goes out.
  shutCamera() {
    this.stop("camera");
    this.change("document", NO_DOCUMENT);
    this.take("camera", null);
  }

  close() {
    this.#isClosed = true;
    globalThis.navigator?.mediaDevices?.removeEventListener?.("devicechange", this.refresh);
    for (const name of NAMES) {
      this.stop(name);
      this.change(name, { track: null, isOn: false });
    }
  }

  // Unplugged, or taken away by the system: said, so that nobody believes to be seen or heard.
  #watch(name: SourceName, track: MediaStreamTrack) {
    const ifCurrent = (act: () => void) => () => {
      if (this.own[name].track === track) act();
    };
    track.onended = ifCurrent(() => this.#lose(name));
    // Held back by the system, as during a phone's own call: it goes on by itself.
    track.onmute = ifCurrent(() => this.change(name, { problem: "interrupted" }));
    track.onunmute = ifCurrent(() => this.change(name, { problem: null }));
  }

  #lose(name: SourceName) {
    if (name === "camera") this.change("document", NO_DOCUMENT);
    this.change(name, { track: null, isOn: false, problem: "lost" });
    this.onTrack(kindOf(name), null);
    this.refresh();
  }

  #constraintsOf(name: SourceName) {
    const { camera, microphone, document, facing } = this.own;
    if (name === "microphone") return microphoneConstraints({ id: microphone.id });
    if (document.isOn) return documentConstraints({ id: document.cameraId ?? null });
    return cameraConstraints({ id: camera.id, facing });
  }
}

function lastOpened(track: MediaStreamTrack) {
  const { deviceId, facingMode } = track.getSettings();
  return { openId: deviceId, facesUser: facingMode === "user" };
}
