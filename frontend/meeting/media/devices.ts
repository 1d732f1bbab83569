// Cameras, microphones and speakers: which there are, opening them, and what went wrong in words of ours.
const PICTURE = { width: { ideal: 1280 }, height: { ideal: 720 }, frameRate: { ideal: 24, max: 30 } };
const SOUND = { echoCancellation: true, noiseSuppression: true, autoGainControl: true };

const KINDS = { videoinput: "cameras", audioinput: "microphones", audiooutput: "speakers" } as const;

export type TrackKind = "video" | "audio";
export type Device = { id: string; label: string };
export type Devices = { cameras: Device[]; microphones: Device[]; speakers: Device[] };
export type DeviceId = { id?: string | null };
export type CameraChoice = DeviceId & { facing?: string };
type Opened = { track: MediaStreamTrack; problem?: undefined } | { track?: undefined; problem: DeviceProblem };

export const hasCalls = () => typeof RTCPeerConnection !== "undefined";

const hasDevices = () => typeof navigator?.mediaDevices?.getUserMedia === "function";

export const canChooseSpeaker = () =>
  typeof HTMLMediaElement !== "undefined" && "setSinkId" in HTMLMediaElement.prototype;

export type DeviceProblem = "denied" | "denied_by_system" | "none" | "in_use" | "insecure" | "unsupported" | "failed";

export function classifyProblem(error: unknown): DeviceProblem {
  const { name = "", message = "" } = (error ?? {}) as Partial<Error>;
  if (name === "NotAllowedError" || name === "SecurityError" || name === "PermissionDeniedError") {
    return /system/i.test(message) ? "denied_by_system" : "denied";
  }
  if (["NotFoundError", "DevicesNotFoundError", "OverconstrainedError"].includes(name)) return "none";
  if (["NotReadableError", "TrackStartError", "AbortError"].includes(name)) return "in_use";
  if (globalThis.isSecureContext === false) return "insecure";
  return hasCalls() && hasDevices() ? "failed" : "unsupported";
}

// Whose menus the advice must name.
export function browserOf({
  userAgent = "",
  maxTouchPoints = 0,
}: {
  userAgent?: string;
  maxTouchPoints?: number;
} = {}) {
  const isMac = /Macintosh/.test(userAgent);
  // A page within another app, as a link in a message opens it: without an address bar and mostly without a camera.
  if (/; wv\)|FBA[NV]\/|Instagram|Line\//.test(userAgent)) return "in_app";
  if (/iPhone|iPad|iPod/.test(userAgent) || (isMac && maxTouchPoints > 1)) return "safari_ios";
  if (/Firefox\//.test(userAgent)) return "firefox";
  if (/Chrome\/|Chromium\//.test(userAgent)) return /Android/.test(userAgent) ? "chrome_android" : "chrome";
  return isMac && /Safari\//.test(userAgent) ? "safari_mac" : "other";
}

// Only a denied permission has its cure in the browser's own menus.
export function adviceKey(code: string, browser: string) {
  return code === "denied" ? `advice.denied.${browser}` : `advice.${code}`;
}

// Names are known only once a permission was given; the browser's doubles of the default device are left out.
export async function listDevices(): Promise<Devices> {
  const found: Devices = { cameras: [], microphones: [], speakers: [] };
  let all: MediaDeviceInfo[] = [];
  try {
    all = await navigator.mediaDevices.enumerateDevices();
  } catch {
    return found;
  }
  for (const { kind, deviceId, label } of all) {
    if (KINDS[kind] && deviceId && deviceId !== "default" && deviceId !== "communications") {
      found[KINDS[kind]].push({ id: deviceId, label });
    }
  }
  return found;
}

export const cameraConstraints = ({ id, facing }: CameraChoice = {}): MediaTrackConstraints =>
  id ? { ...PICTURE, deviceId: { exact: id } } : { ...PICTURE, facingMode: { ideal: facing || "user" } };

export const microphoneConstraints = ({ id }: DeviceId = {}): MediaTrackConstraints =>
  id ? { ...SOUND, deviceId: { exact: id } } : SOUND;

async function ask(constraints: MediaStreamConstraints) {
  if (!navigator?.mediaDevices?.getUserMedia) throw new TypeError("no media devices");
  return navigator.mediaDevices.getUserMedia(constraints);
}

// One track; a chosen device that is gone is replaced by any other.
export async function openTrack(kind: TrackKind, constraints: MediaTrackConstraints): Promise<MediaStreamTrack> {
  const open = async (wanted: MediaTrackConstraints) => only((await ask({ [kind]: wanted })).getTracks());
  try {
    return await open(constraints);
  } catch (error) {
    const { name } = error as Error;
    if (name !== "OverconstrainedError" && name !== "NotFoundError") throw error;
    const { deviceId: _gone, ...anyDevice } = constraints;
    return open(anyDevice);
  }
}

function only(tracks: MediaStreamTrack[]): MediaStreamTrack {
  const [track] = tracks;
  if (!track) throw new TypeError("a stream without a track");
  return track;
}

// Both with one question to the person; one of them when the other cannot be had. Missing ones have a problem instead.
export async function openBoth({
  camera,
  microphone,
}: {
  camera: CameraChoice;
  microphone: DeviceId;
}): Promise<{ camera: Opened; microphone: Opened }> {
  try {
    const stream = await ask({ video: cameraConstraints(camera), audio: microphoneConstraints(microphone) });
    return { camera: { track: only(stream.getVideoTracks()) }, microphone: { track: only(stream.getAudioTracks()) } };
  } catch (error) {
    const problem = classifyProblem(error);
    if (["insecure", "unsupported"].includes(problem)) return { camera: { problem }, microphone: { problem } };
    const alone = (kind: TrackKind, constraints: MediaTrackConstraints): Promise<Opened> =>
      openTrack(kind, constraints).then(
        (track) => ({ track }),
        (one) => ({ problem: classifyProblem(one) }),
      );
    return {
      camera: await alone("video", cameraConstraints(camera)),
      microphone: await alone("audio", microphoneConstraints(microphone)),
    };
  }
}
