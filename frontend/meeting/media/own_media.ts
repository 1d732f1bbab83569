// One's own camera, microphone and speaker: what is on, what was chosen, what went wrong. Its store is what is shown.

import { createStore } from "../store.ts";
import {
  cameraWish,
  canChooseSpeaker,
  classifyProblem,
  listDevices,
  microphoneWish,
  openBoth,
  openTrack,
} from "./devices.ts";
import { documentWish, hasTorch, hintDetail, setTorch } from "./document_mode.ts";

// `failures` counts the attempts that failed: a second one for the same reason is news too.
const NOTHING = { track: null, isOn: false, problem: null, failures: 0 };

// `kept` is what an earlier page of this tab chose; `onKeep` hears of each new choice.
export function createOwnMedia({ kept = {}, onKeep = () => {}, onTrack = () => {} } = {}) {
  const store = createStore({
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
  let line = Promise.resolve();

  // One thing at a time: two quick presses must not open a camera twice.
  const inLine = (act) => {
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
  const change = (name, values) => store.set({ [name]: { ...own()[name], ...values } });
  const isOff = (name) => !own()[name].isOn && !own()[name].problem;
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

  // Of the camera, known also while it is off: which one it was, and whether it faces its user.
  const lastOpened = (track) => {
    const { deviceId, facingMode } = track.getSettings();
    return { openId: deviceId, facesUser: facingMode === "user" };
  };

  function take(name, track) {
    if (isClosed) {
      track?.stop();
      return;
    }
    // Unplugged, or taken away by the system: said, so that nobody believes to be seen or heard.
    if (track) {
      const ifCurrent = (act) => () => {
        if (own()[name].track === track) act();
      };
      track.onended = ifCurrent(() => lose(name));
      // Held back by the system, as during a phone's own call: it goes on by itself.
      track.onmute = ifCurrent(() => change(name, { problem: "interrupted" }));
      track.onunmute = ifCurrent(() => change(name, { problem: null }));
    }
    change(name, { track, isOn: Boolean(track), problem: null, ...(track ? lastOpened(track) : {}) });
    listener(name === "camera" ? "video" : "audio", track);
  }

  function lose(name) {
    if (name === "camera") change("document", { isOn: false, hasTorch: false, isTorchOn: false });
    change(name, { track: null, isOn: false, problem: "lost" });
    listener(name === "camera" ? "video" : "audio", null);
    refresh();
  }

  function stop(name) {
    const { track } = own()[name];
    if (!track) return;
    track.onended = track.onmute = track.onunmute = null;
    track.stop();
  }

  const wishOf = (name) => {
    const { id } = own()[name];
    if (name === "microphone") return microphoneWish({ id });
    if (own().document.isOn) return documentWish({ id: own().document.cameraId });
    return cameraWish({ id, facing: own().facing });
  };

  // Stops what is open first: most phones cannot open a second camera beside it.
  async function reopen(name) {
    stop(name);
    try {
      const track = await openTrack(name === "camera" ? "video" : "audio", wishOf(name));
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
      for (const [name, got] of [
        ["camera", camera],
        ["microphone", microphone],
      ]) {
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

  function mute(isMuted) {
    own().microphone.track.enabled = !isMuted;
    change("microphone", { isOn: !isMuted });
  }

  // Off means that the camera's light goes out.
  const setCamera = (isOn) =>
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

  const setMicrophone = (isOn) =>
    inLine(async () => {
      const { track, problem } = own().microphone;
      if (track && !(isOn && problem)) mute(!isOn);
      else if (isOn) await reopen("microphone");
      keep();
    });

  const choose = (name, id) =>
    inLine(async () => {
      change(name, { id });
      if (name === "camera" && own().document.isOn) change("document", { cameraId: id });
      // A choice switches nothing on: a camera that is off opens when it is switched on, a muted microphone stays muted.
      const isMuted = name === "microphone" && isOff(name) && own().microphone.track;
      if (name !== "speaker" && (isMuted || !isOff(name))) await reopen(name);
      if (isMuted && own().microphone.track) mute(true);
      keep();
      await refresh();
    });

  // A phone has one camera in front and several behind; a computer has what is plugged in, and perhaps one that faces
  // its user and none on the other side.
  const nextCamera = () =>
    inLine(async () => {
      if (!own().camera.isOn) return;
      const { cameras } = own().devices;
      const before = own().camera.openId;
      const { facingMode } = own().camera.track.getSettings();
      if (facingMode && !own().document.isOn) {
        store.set({ facing: facingMode === "user" ? "environment" : "user" });
        change("camera", { id: null });
        await reopen("camera");
      }
      if (own().camera.openId === before && cameras.length > 1) {
        const at = cameras.findIndex(({ id }) => id === before);
        const { id } = cameras[(at + 1) % cameras.length];
        change(own().document.isOn ? "document" : "camera", own().document.isOn ? { cameraId: id } : { id });
        await reopen("camera");
      }
      if (own().document.isOn) change("document", { hasTorch: hasTorch(own().camera.track), isTorchOn: false });
      keep();
    });

  const showDocument = (isOn) =>
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

  const torch = (isOn) =>
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
    setSpeaker: (isOn) => change("speaker", { isOn }),
    choose,
    nextCamera,
    showDocument,
    setTorch: torch,
    tracks: () => ({ audio: own().microphone.track, video: own().camera.track }),
    onTrack(heard) {
      listener = heard;
    },
    close() {
      isClosed = true;
      globalThis.navigator?.mediaDevices?.removeEventListener?.("devicechange", refresh);
      for (const name of ["camera", "microphone"]) {
        stop(name);
        change(name, { track: null, isOn: false });
      }
    },
  };
}

// One's own picture is a mirror, as one knows oneself; a document in a mirror cannot be read.
export const isMirrored = ({ document, camera }) =>
  !document.isOn && camera.track?.getSettings?.().facingMode !== "environment";

// Whether the others see or hear something: the system may hold back what is switched on.
export const isLive = ({ isOn, problem }) => isOn && problem !== "interrupted";
