// One's own camera, microphone and speaker, as a person switches and chooses them.
import { openBoth } from "./devices.ts";
import { hasTorch, setTorch } from "./document_mode.ts";
import { type OnTrack, OwnSources, type SourcesOptions } from "./own_sources.ts";
import { type DeviceChoice, isOff, type SourceName } from "./own_state.ts";

export type OwnMedia = ReturnType<typeof createOwnMedia>;

type Options = Partial<Omit<SourcesOptions, "kept">> & { kept?: DeviceChoice | undefined };

// Its store is what is shown. `kept` is what an earlier page of this tab chose; `onKeep` hears of each new choice.
export function createOwnMedia({ kept = {}, onKeep = () => {}, onTrack = () => {} }: Options = {}) {
  const sources = new OwnSources({ kept, onKeep, onTrack });
  return {
    store: sources.store,
    open: () => sources.inLine(() => open(sources, kept)),
    setCamera: (isOn: boolean) => sources.inLine(() => setCamera(sources, isOn)),
    setMicrophone: (isOn: boolean) => sources.inLine(() => setMicrophone(sources, isOn)),
    setSpeaker: (isOn: boolean) => sources.change("speaker", { isOn }),
    choose: (name: SourceName | "speaker", id: string) => sources.inLine(() => choose(sources, name, id)),
    nextCamera: () => sources.inLine(() => nextCamera(sources)),
    showDocument: (isOn: boolean) => sources.inLine(() => showDocument(sources, isOn)),
    setTorch: (isOn: boolean) => sources.inLine(() => switchTorch(sources, isOn)),
    tracks: () => ({ audio: sources.own.microphone.track, video: sources.own.camera.track }),
    onTrack(onTrack: OnTrack) {
      sources.onTrack = onTrack;
    },
    close: () => sources.close(),
  };
}

async function open(sources: OwnSources, kept: DeviceChoice) {
  sources.stop("camera");
  sources.stop("microphone");
  const { camera, microphone, facing } = sources.own;
  const opened = await openBoth({ camera: { id: camera.id, facing }, microphone: { id: microphone.id } });
  for (const name of ["camera", "microphone"] as const) {
    const { track = null, problem } = opened[name];
    sources.take(name, track);
    if (problem) sources.change(name, { problem });
  }
  // Once: what was opened again is wanted.
  if (!sources.own.isReady) {
    if (kept.isCameraOff && sources.own.camera.track) {
      sources.stop("camera");
      sources.take("camera", null);
    }
    if (kept.isMicrophoneOff && sources.own.microphone.track) sources.mute(true);
  }
  await sources.refresh();
  sources.store.set({ isReady: true });
}

async function setCamera(sources: OwnSources, isOn: boolean) {
  if (isOn) await sources.reopen("camera");
  else sources.shutCamera();
  sources.keep();
}

async function setMicrophone(sources: OwnSources, isOn: boolean) {
  const { track, problem } = sources.own.microphone;
  if (track && !(isOn && problem)) sources.mute(!isOn);
  else if (isOn) await sources.reopen("microphone");
  sources.keep();
}

async function choose(sources: OwnSources, name: SourceName | "speaker", id: string) {
  sources.change(name, { id });
  if (name === "camera" && sources.own.document.isOn) sources.change("document", { cameraId: id });
  if (name !== "speaker") await useChosen(sources, name);
  sources.keep();
  await sources.refresh();
}

// A choice switches nothing on: a camera that is off opens when it is switched on, a muted microphone stays muted.
async function useChosen(sources: OwnSources, name: SourceName) {
  const source = sources.own[name];
  const isMuted = name === "microphone" && isOff(source) && source.track !== null;
  if (isMuted || !isOff(source)) await sources.reopen(name);
  if (isMuted && sources.own.microphone.track) sources.mute(true);
}

// A phone has one camera in front and several behind; a computer has what is plugged in, and perhaps one that faces its
// user and none on the other side.
async function nextCamera(sources: OwnSources) {
  const { camera, document, devices } = sources.own;
  if (!camera.isOn || !camera.track) return;
  const { facingMode } = camera.track.getSettings();
  if (facingMode && !document.isOn) {
    sources.store.set({ facing: facingMode === "user" ? "environment" : "user" });
    sources.change("camera", { id: null });
    await sources.reopen("camera");
  }
  if (sources.own.camera.openId === camera.openId && devices.cameras.length > 1) {
    const at = devices.cameras.findIndex(({ id }) => id === camera.openId);
    const id = devices.cameras[(at + 1) % devices.cameras.length]?.id ?? null;
    if (sources.own.document.isOn) sources.change("document", { cameraId: id });
    else sources.change("camera", { id });
    await sources.reopen("camera");
  }
  if (sources.own.document.isOn) {
    sources.change("document", { hasTorch: hasTorch(sources.own.camera.track), isTorchOn: false });
  }
  sources.keep();
}

async function showDocument(sources: OwnSources, isOn: boolean) {
  const { camera, document } = sources.own;
  if (document.isOn === isOn) return;
  // A camera that was off is off again afterwards.
  const hadCamera = isOn ? camera.isOn : document.hadCamera;
  if (!isOn && !hadCamera) {
    sources.shutCamera();
    return;
  }
  // A camera that faces its user shows no paper, also when it was chosen by name.
  const { id, openId, facesUser } = camera;
  const isFront = facesUser && openId === id;
  sources.change("document", { isOn, isTorchOn: false, hadCamera, cameraId: isOn && !isFront ? id : null });
  const couldOpen = await sources.reopen("camera");
  if (!couldOpen && isOn) {
    const { problem } = sources.own.camera;
    sources.change("document", { isOn: false });
    if (hadCamera && (await sources.reopen("camera"))) sources.change("camera", { problem });
  }
  const shown = sources.own;
  sources.change("document", { hasTorch: shown.document.isOn && hasTorch(shown.camera.track) });
}

async function switchTorch(sources: OwnSources, isOn: boolean) {
  try {
    await setTorch(sources.own.camera.track, isOn);
    sources.change("document", { isTorchOn: isOn });
  } catch {
    sources.change("document", { hasTorch: false, isTorchOn: false });
  }
}
