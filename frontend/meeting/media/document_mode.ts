// The camera while a document is shown: the main camera, as sharp as it can be rather than as fluent.
import type { DeviceId } from "./devices.ts";

// Both are of specifications that the library's types leave out.
type WithTorch = MediaTrackCapabilities & { torch?: boolean };
type WithPreference = RTCRtpSendParameters & { degradationPreference?: string };

const SHARPEST = { width: { ideal: 3840 }, height: { ideal: 2160 }, frameRate: { ideal: 15, max: 30 } };
const DOCUMENT_BITRATE = 6_000_000;

// A camera that the person chose by name stays: on a desk it may be the one that stands over the paper.
export const documentConstraints = ({ id }: DeviceId = {}): MediaTrackConstraints =>
  id ? { ...SHARPEST, deviceId: { exact: id } } : { ...SHARPEST, facingMode: { ideal: "environment" } };

export function hintDetail(track: MediaStreamTrack | null, isOn: boolean) {
  if (track && "contentHint" in track) track.contentHint = isOn ? "detail" : "";
}

// How one sender of pictures shares what the line can carry.
export async function setSenderParameters(sender: RTCRtpSender, isOn: boolean) {
  if (sender.track?.kind !== "video") return;
  const parameters: WithPreference = sender.getParameters();
  if (!parameters.encodings?.length) return;
  parameters.degradationPreference = isOn ? "maintain-resolution" : "balanced";
  for (const encoding of parameters.encodings) {
    if (isOn) encoding.maxBitrate = DOCUMENT_BITRATE;
    else delete encoding.maxBitrate;
  }
  try {
    await sender.setParameters(parameters);
  } catch {
    // Not every browser takes all of them; the hint on the track says nearly the same.
  }
}

export const hasTorch = (track: MediaStreamTrack | null) =>
  Boolean((track?.getCapabilities?.() as WithTorch | undefined)?.torch);

export async function setTorch(track: MediaStreamTrack | null, isOn: boolean) {
  if (!track) throw new TypeError("no camera");
  await track.applyConstraints({ advanced: [{ torch: isOn } as MediaTrackConstraintSet] });
}
