// What is known of one's own camera, microphone and speaker: what is on, what was chosen, what went wrong.
import { canChooseSpeaker, type DeviceProblem, type Devices, type TrackKind } from "./devices.ts";

export type SourceName = "camera" | "microphone";

export type Source = {
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

const NOTHING = { track: null, isOn: false, problem: null, failures: 0 };

export const NO_DOCUMENT = { isOn: false, hasTorch: false, isTorchOn: false };

export const startOf = ({ cameraId, microphoneId, speakerId }: DeviceChoice): OwnMediaState => ({
  isReady: false,
  isBusy: false,
  camera: { ...NOTHING, id: cameraId || null },
  microphone: { ...NOTHING, id: microphoneId || null },
  speaker: { id: speakerId || null, isOn: true, canChoose: canChooseSpeaker() },
  devices: { cameras: [], microphones: [], speakers: [] },
  document: { ...NO_DOCUMENT, hadCamera: false },
  facing: "user",
});

export const kindOf = (name: SourceName): TrackKind => (name === "camera" ? "video" : "audio");

// What failed was not switched off: the next page tries it again.
export const isOff = ({ isOn, problem }: Source) => !isOn && !problem;

export const choiceOf = ({ camera, microphone, speaker }: OwnMediaState): DeviceChoice => ({
  cameraId: camera.id,
  microphoneId: microphone.id,
  speakerId: speaker.id,
  isCameraOff: isOff(camera),
  isMicrophoneOff: isOff(microphone),
});

// One's own picture is a mirror, as one knows oneself; a document in a mirror cannot be read.
export const isMirrored = ({ document, camera }: Pick<OwnMediaState, "document" | "camera">) =>
  !document.isOn && camera.track?.getSettings?.().facingMode !== "environment";

// Whether the others see or hear something: the system may hold back what is switched on.
export const isLive = ({ isOn, problem }: Pick<Source, "isOn" | "problem">) => isOn && problem !== "interrupted";
