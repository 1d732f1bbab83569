// One's own camera, microphone and speaker: what is on, what was chosen, what went wrong.

import { createStore } from "../store.ts";
import {
  cameraConstraints,
  canChooseSpeaker,
  classifyProblem,
  type DeviceProblem,
  type Devices,
  listDevices,
  microphoneConstraints,
  openBoth,
  openTrack,
  type TrackKind,
} from "./devices.ts";
import { documentConstraints, hasTorch, hintDetail, setTorch } from "./document_mode.ts";

type Source = {
  track: MediaStreamTrack | null;
  isOn: boolean;
  problem: DeviceProblem | "interrupted" | "lost" | null;
  // The attempts that failed: a second one for the same reason is news too.
  failures: number;
  id: string | null;
  // Of the camera, known also while it is off: which one it was, and whether it faces its user.
  openId?: string | undefined;
  facesUser?: boolean;
};

export type OwnMediaState = {
  isReady: boolean;
  isBusy: boolean;
  camera: Source;
  microphone: Source;
  speaker: { id: string | null; isOn: boolean; canChoose: boolean };
  devices: Devices;
  document: { isOn: boolean; hasTorch: boolean; isTorchOn: boolean; hadCamera: boolean; cameraId?: string | null };
  facing: "user" | "environment";
};

// What a tab remembers of its devices.
export type DeviceChoice = {
  cameraId?: string | null;
  microphoneId?: string | null;
  speakerId?: string | null;
  isCameraOff?: boolean;
  isMicrophoneOff?: boolean;
};

export type OwnMedia = ReturnType<typeof createOwnMedia>;

type SourceName = "camera" | "microphone";
type OnTrack = (kind: TrackKind, track: MediaStreamTrack | null) => void;
type Options = { kept?: DeviceChoice | undefined; onKeep?: (choice: DeviceChoice) => void; onTrack?: OnTrack };

const NOTHING = { track: null, isOn: false, problem: null, failures: 0 };

const kindOf = (name: SourceName): TrackKind => (name === "camera" ? "video" : "audio");

// Its store is what is shown. `kept` is what an earlier page of this tab chose; `onKeep` hears of each new choice.
export function createOwnMedia({ kept = {}, onKeep = () => {}, onTrack = () => {} }: Options = {}) {
  const store = createStore<OwnMediaState>({
    isReady: false,
    isBusy: false,
    camera: { ...NOTHING, id: kept.cameraId || null },
    microphone: { ...NOTHING, id: kept.microphoneId || null },
    speaker: { id: kept.speakerId || null, isOn: true, canChoose: canChooseSpeaker() },
    devices: { cameras: [], microphones: [], speakers: [] },
    document: { isOn: false, hasTorch: false, isTorchOn: false, hadCamera: false },
    facing: "user",
  });
  const own = store.get;
  let listener = onTrack;
  let isClosed = false;
  let line: Promise<void> = Promise.resolve();

  // One thing at a time: two quick presses must not open a camera twice.
  const inLine = (act: () => Promise<void>) => {
    line = line
      .catch(() => {})
      .then(async () => {
        if (isClosed) return;
        store.set({ isBusy: true });
        try {
          await act();
        } finally {
          store.set({ isBusy: false });
        }
      });
    return line;
  };
  const change = <Name extends SourceName | "speaker" | "document">(name: Name, values: Partial<OwnMediaState[Name]>) =>
    store.set({ [name]: { ...own()[name], ...values } } as Partial<OwnMediaState>);
  const isOff = (name: SourceName) => !own()[name].isOn && !own()[name].problem;
  const keep = () =>
    onKeep({
      cameraId: own().camera.id,
      microphoneId: own().microphone.id,
      speakerId: own().speaker.id,
      // What failed was not switched off: the next page tries it again.
      isCameraOff: isOff("camera"),
      isMicrophoneOff: isOff("microphone"),
    });
  const refresh = async () => {
    if (!isClosed) store.set({ devices: await listDevices() });
  };

  const lastOpened = (track: MediaStreamTrack) => {
    const { deviceId, facingMode } = track.getSettings();
    return { openId: deviceId, facesUser: facingMode === "user" };
  };

  function take(name: SourceName, track: MediaStreamTrack | null) {
    if (isClosed) {
      track?.stop();
      return;
    }
    // Unplugged, or taken away by the system: said, so that nobody believes to be seen or heard.
    if (track) {
      const ifCurrent = (act: () => void) => () => {
        if (own()[name].track === track) act();
      };
      track.onended = ifCurrent(() => lose(name));
      // Held back by the system, as during a phone's own call: it goes on by itself.
      track.onmute = ifCurrent(() => change(name, { problem: "interrupted" }));
      track.onunmute = ifCurrent(() => change(name, { problem: null }));
    }
    change(name, { track, isOn: Boolean(track), problem: null, ...(track ? lastOpened(track) : {}) });
    listener(kindOf(name), track);
  }

  function lose(name: SourceName) {
    if (name === "camera") change("document", { isOn: false, hasTorch: false, isTorchOn: false });
    change(name, { track: null, isOn: false, problem: "lost" });
    listener(kindOf(name), null);
    refresh();
  }

  function stop(name: SourceName) {
    const { track } = own()[name];
    if (!track) return;
    track.onended = null;
    track.onmute = null;
    track.onunmute = null;
    track.stop();
  }

  const constraintsOf = (name: SourceName) => {
    const { id } = own()[name];
    if (name === "microphone") return microphoneConstraints({ id });
    if (own().document.isOn) return documentConstraints({ id: own().document.cameraId ?? null });
    return cameraConstraints({ id, facing: own().facing });
  };

  // Stops what is open first: most phones cannot open a second camera beside it.
  async function reopen(name: SourceName) {
    stop(name);
    try {
      const track = await openTrack(kindOf(name), constraintsOf(name));
      if (name === "camera") hintDetail(track, own().document.isOn);
      take(name, track);
      return true;
    } catch (error) {
      take(name, null);
      change(name, { problem: classifyProblem(error), failures: own()[name].failures + 1 });
      return false;
    }
  }

  const open = () =>
    inLine(async () => {
      stop("camera");
      stop("microphone");
      const { camera, microphone } = await openBoth({
        camera: { id: own().camera.id, facing: own().facing },
        microphone: { id: own().microphone.id },
      });
      const opened = { camera, microphone };
      for (const name of ["camera", "microphone"] as const) {
        const got = opened[name];
        take(name, got.track || null);
        if (got.problem) change(name, { problem: got.problem });
      }
      // Once: what was opened again is wanted.
      if (!own().isReady) {
        if (kept.isCameraOff && own().camera.track) {
          stop("camera");
          take("camera", null);
        }
        if (kept.isMicrophoneOff && own().microphone.track) mute(true);
      }
      await refresh();
      store.set({ isReady: true });
    });

  function mute(isMuted: boolean) {
    const { track } = own().microphone;
    if (track) track.enabled = !isMuted;
    change("microphone", { isOn: !isMuted });
  }

  // Off means that the camera's light goes out.
  const setCamera = (isOn: boolean) =>
    inLine(async () => {
      if (isOn) {
        await reopen("camera");
      } else {
        shutCamera();
      }
      keep();
    });

  function shutCamera() {
    stop("camera");
    change("document", { isOn: false, hasTorch: false, isTorchOn: false });
    take("camera", null);
  }

  const setMicrophone = (isOn: boolean) =>
    inLine(async () => {
      const { track, problem } = own().microphone;
      if (track && !(isOn && problem)) mute(!isOn);
      else if (isOn) await reopen("microphone");
      keep();
    });

  const choose = (name: SourceName | "speaker", id: string) =>
    inLine(async () => {
      change(name, { id });
      if (name === "camera" && own().document.isOn) change("document", { cameraId: id });
      // A choice switches nothing on: a camera that is off opens when it is switched on, a muted microphone stays muted.
      const isMuted = name === "microphone" && isOff(name) && own().microphone.track !== null;
      if (name !== "speaker" && (isMuted || !isOff(name))) await reopen(name);
      if (isMuted && own().microphone.track) mute(true);
      keep();
      await refresh();
    });

  // A phone has one camera in front and several behind; a computer has what is plugged in, and perhaps one that faces
  // its user and none on the other side.
  const nextCamera = () =>
    inLine(async () => {
      const { track } = own().camera;
      if (!own().camera.isOn || !track) return;
      const { cameras } = own().devices;
      const before = own().camera.openId;
      const { facingMode } = track.getSettings();
      if (facingMode && !own().document.isOn) {
        store.set({ facing: facingMode === "user" ? "environment" : "user" });
        change("camera", { id: null });
        await reopen("camera");
      }
      if (own().camera.openId === before && cameras.length > 1) {
        const at = cameras.findIndex(({ id }) => id === before);
        const id = cameras[(at + 1) % cameras.length]?.id ?? null;
        if (own().document.isOn) change("document", { cameraId: id });
        else change("camera", { id });
        await reopen("camera");
      }
      if (own().document.isOn) change("document", { hasTorch: hasTorch(own().camera.track), isTorchOn: false });
      keep();
    });

  const showDocument = (isOn: boolean) =>
    inLine(async () => {
      if (own().document.isOn === isOn) return;
      // A camera that was off is off again afterwards.
      const hadCamera = isOn ? own().camera.isOn : own().document.hadCamera;
      if (!isOn && !hadCamera) {
        shutCamera();
        return;
      }
      // A camera that faces its user shows no paper, also when it was chosen by name.
      const { id, openId, facesUser } = own().camera;
      const isFront = facesUser && openId === id;
      change("document", { isOn, isTorchOn: false, hadCamera, cameraId: isOn && !isFront ? id : null });
      const couldOpen = await reopen("camera");
      if (!couldOpen && isOn) {
        const { problem } = own().camera;
        change("document", { isOn: false });
        if (hadCamera && (await reopen("camera"))) change("camera", { problem });
      }
      change("document", { hasTorch: own().document.isOn && hasTorch(own().camera.track) });
    });

  const torch = (isOn: boolean) =>
    inLine(async () => {
      try {
        await setTorch(own().camera.track, isOn);
        change("document", { isTorchOn: isOn });
      } catch {
        change("document", { hasTorch: false, isTorchOn: false });
      }
    });

  globalThis.navigator?.mediaDevices?.addEventListener?.("devicechange", refresh);

  return {
    store,
    open,
    setCamera,
    setMicrophone,
    setSpeaker: (isOn: boolean) => change("speaker", { isOn }),
    choose,
    nextCamera,
    showDocument,
    setTorch: torch,
    tracks: () => ({ audio: own().microphone.track, video: own().camera.track }),
    onTrack(onTrack: OnTrack) {
      listener = onTrack;
    },
    close() {
      isClosed = true;
      globalThis.navigator?.mediaDevices?.removeEventListener?.("devicechange", refresh);
      for (const name of ["camera", "microphone"] as const) {
        stop(name);
        change(name, { track: null, isOn: false });
      }
    },
  };
}

// One's own picture is a mirror, as one knows oneself; a document in a mirror cannot be read.
export const isMirrored = ({ document, camera }: Pick<OwnMediaState, "document" | "camera">) =>
  !document.isOn && camera.track?.getSettings?.().facingMode !== "environment";

// Whether the others see or hear something: the system may hold back what is switched on.
export const isLive = ({ isOn, problem }: Pick<Source, "isOn" | "problem">) => isOn && problem !== "interrupted";
