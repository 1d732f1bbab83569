// Cameras, microphones and speakers: which there are, opening them, and what went wrong in words of ours.
const PICTURE = { width: { ideal: 1280 }, height: { ideal: 720 }, frameRate: { ideal: 24, max: 30 } };
const SOUND = { echoCancellation: true, noiseSuppression: true, autoGainControl: true };

export const hasCalls = () => typeof RTCPeerConnection !== "undefined";

const hasDevices = () => typeof navigator?.mediaDevices?.getUserMedia === "function";

export const canChooseSpeaker = () =>
  typeof HTMLMediaElement !== "undefined" && "setSinkId" in HTMLMediaElement.prototype;

// "denied", "denied_by_system", "none", "in_use", "insecure", "unsupported" or "failed".
export function classifyProblem(error) {
  const name = error?.name || "";
  if (name === "NotAllowedError" || name === "SecurityError" || name === "PermissionDeniedError") {
    return /system/i.test(error.message || "") ? "denied_by_system" : "denied";
  }
  if (["NotFoundError", "DevicesNotFoundError", "OverconstrainedError"].includes(name)) return "none";
  if (["NotReadableError", "TrackStartError", "AbortError"].includes(name)) return "in_use";
  if (globalThis.isSecureContext === false) return "insecure";
  return hasCalls() && hasDevices() ? "failed" : "unsupported";
}

// Whose menus the advice must name.
export function browserOf({ userAgent = "", maxTouchPoints = 0 } = {}) {
  const isMac = /Macintosh/.test(userAgent);
  // A page within another app, as a link in a message opens it: without an address bar and mostly without a camera.
  if (/; wv\)|FBA[NV]\/|Instagram|Line\//.test(userAgent)) return "in_app";
  if (/iPhone|iPad|iPod/.test(userAgent) || (isMac && maxTouchPoints > 1)) return "safari_ios";
  if (/Firefox\//.test(userAgent)) return "firefox";
  if (/Chrome\/|Chromium\//.test(userAgent)) return /Android/.test(userAgent) ? "chrome_android" : "chrome";
  return isMac && /Safari\//.test(userAgent) ? "safari_mac" : "other";
}

// Only a denied permission has its cure in the browser's own menus.
export function adviceKey(code, browser) {
  return code === "denied" ? `advice.denied.${browser}` : `advice.${code}`;
}

// Names are known only once a permission was given; the browser's doubles of the default device are left out.
export async function listDevices() {
  const found = { cameras: [], microphones: [], speakers: [] };
  const kinds = { videoinput: "cameras", audioinput: "microphones", audiooutput: "speakers" };
  let all = [];
  try {
    all = await navigator.mediaDevices.enumerateDevices();
  } catch {
    return found;
  }
  for (const { kind, deviceId, label } of all) {
    if (kinds[kind] && deviceId && deviceId !== "default" && deviceId !== "communications") {
      found[kinds[kind]].push({ id: deviceId, label });
    }
  }
  return found;
}

export const cameraWish = ({ id, facing } = {}) =>
  id ? { ...PICTURE, deviceId: { exact: id } } : { ...PICTURE, facingMode: { ideal: facing || "user" } };

export const microphoneWish = ({ id } = {}) => (id ? { ...SOUND, deviceId: { exact: id } } : SOUND);

async function ask(constraints) {
  if (!navigator?.mediaDevices?.getUserMedia) throw new TypeError("no media devices");
  return navigator.mediaDevices.getUserMedia(constraints);
}

// One track; a chosen device that is gone is replaced by any other.
export async function openTrack(kind, wish) {
  const name = kind === "video" ? "video" : "audio";
  try {
    return (await ask({ [name]: wish })).getTracks()[0];
  } catch (error) {
    if (error.name !== "OverconstrainedError" && error.name !== "NotFoundError") throw error;
    const { deviceId: _gone, ...anyDevice } = wish;
    return (await ask({ [name]: anyDevice })).getTracks()[0];
  }
}

// Both with one question to the person; one of them when the other cannot be had. Missing ones have a problem instead.
export async function openBoth({ camera, microphone }) {
  try {
    const stream = await ask({ video: cameraWish(camera), audio: microphoneWish(microphone) });
    return { camera: { track: stream.getVideoTracks()[0] }, microphone: { track: stream.getAudioTracks()[0] } };
  } catch (error) {
    const problem = classifyProblem(error);
    if (["insecure", "unsupported"].includes(problem)) return { camera: { problem }, microphone: { problem } };
    const alone = (kind, wish) =>
      openTrack(kind, wish).then(
        (track) => ({ track }),
        (one) => ({ problem: classifyProblem(one) }),
      );
    return {
      camera: await alone("video", cameraWish(camera)),
      microphone: await alone("audio", microphoneWish(microphone)),
    };
  }
}
