import { vi } from "vitest";

export type FakeDevice = { deviceId: string; facingMode?: string };

// A track as a browser gives it; the test ends it, or holds it back, as a system does.
export class FakeTrack {
  readyState: "live" | "ended" = "live";
  enabled = true;
  contentHint = "";
  onended: (() => void) | null = null;
  onmute: (() => void) | null = null;
  onunmute: (() => void) | null = null;

  readonly kind: "video" | "audio";
  readonly device: FakeDevice;

  constructor(kind: "video" | "audio", device: FakeDevice) {
    this.kind = kind;
    this.device = device;
  }

  getSettings() {
    return this.device;
  }

  stop() {
    this.readyState = "ended";
  }
}

type Asked = { video?: MediaTrackConstraints; audio?: MediaTrackConstraints };

// The cameras and microphones of a machine, in place of the browser's own; what is asked for is written down.
export function plugIn({ cameras = [{ deviceId: "camera" }], microphones = [{ deviceId: "microphone" }] } = {}) {
  const all = { video: cameras as FakeDevice[], audio: microphones as FakeDevice[] };
  const asked: Asked[] = [];
  const refused: { video?: string; audio?: string } = {};

  function pick(kind: "video" | "audio", wanted: MediaTrackConstraints): FakeTrack {
    const problem = refused[kind];
    if (problem) throw new DOMException("", problem);
    const id = (wanted.deviceId as ConstrainDOMStringParameters | undefined)?.exact;
    const facing = (wanted.facingMode as ConstrainDOMStringParameters | undefined)?.ideal;
    const found =
      all[kind].find(({ deviceId }) => deviceId === id) ??
      all[kind].find(({ facingMode }) => facingMode && facingMode === facing) ??
      all[kind][0];
    if (!found) throw new DOMException("", "NotFoundError");
    return new FakeTrack(kind, found);
  }

  async function getUserMedia(constraints: Asked) {
    asked.push(constraints);
    const video = constraints.video ? [pick("video", constraints.video)] : [];
    const audio = constraints.audio ? [pick("audio", constraints.audio)] : [];
    return { getTracks: () => [...video, ...audio], getVideoTracks: () => video, getAudioTracks: () => audio };
  }

  const listed = (kind: string, devices: FakeDevice[]) =>
    devices.map(({ deviceId }) => ({ kind, deviceId, label: deviceId }));
  const mediaDevices = {
    getUserMedia,
    enumerateDevices: async () => [...listed("videoinput", cameras), ...listed("audioinput", microphones)],
    addEventListener() {},
    removeEventListener() {},
  };
  vi.stubGlobal("navigator", { mediaDevices });
  vi.stubGlobal("RTCPeerConnection", class {});
  return { asked, refused };
}
