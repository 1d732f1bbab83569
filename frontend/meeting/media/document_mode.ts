// The camera while a document is shown: the main camera, as sharp as it can be rather than as fluent.
const SHARPEST = { width: { ideal: 3840 }, height: { ideal: 2160 }, frameRate: { ideal: 15, max: 30 } };
const DOCUMENT_BITRATE = 6_000_000;

// A camera that the person chose by name stays: on a desk it may be the one that stands over the paper.
export const documentWish = ({ id } = {}) =>
  id ? { ...SHARPEST, deviceId: { exact: id } } : { ...SHARPEST, facingMode: { ideal: "environment" } };

export function hintDetail(track, isOn) {
  if (track && "contentHint" in track) track.contentHint = isOn ? "detail" : "";
}

// How one sender of pictures shares what the line can carry.
export async function tuneSender(sender, isOn) {
  if (sender.track?.kind !== "video") return;
  const parameters = sender.getParameters();
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

export const hasTorch = (track) => Boolean(track?.getCapabilities?.().torch);

export async function setTorch(track, isOn) {
  await track.applyConstraints({ advanced: [{ torch: isOn }] });
}
