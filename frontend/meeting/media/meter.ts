// How loud the microphone is, and how noisy the room, while somebody looks at it.
import { audioContext } from "./audio_context.ts";

const EVERY_MS = 100;
const KEPT = 60;
const ENOUGH = 20;
const FLOOR_DB = -60;
const NOISE_DB = { some: -50, noisy: -38 };

export type Noise = "quiet" | "some" | "noisy";
export type Reading = { level: number; noise: Noise | null; hasSpoken: boolean };

export const decibels = (samples: Float32Array) => {
  let sum = 0;
  for (const sample of samples) sum += sample * sample;
  return Math.max(-100, 10 * Math.log10(sum / samples.length + 1e-10));
};

// 0 to 1, as a bar shows it.
export const levelOf = (db: number) => Math.min(1, Math.max(0, (db - FLOOR_DB) / -FLOOR_DB));

// What remains between the words is the room: the quiet fifth of the last seconds. Null while it is too early to say.
export function noiseOf(heard: number[]): Noise | null {
  if (heard.length < ENOUGH) return null;
  const steady = [...heard].sort((a, b) => a - b)[Math.floor(heard.length / 5)] ?? FLOOR_DB;
  if (steady > NOISE_DB.noisy) return "noisy";
  return steady > NOISE_DB.some ? "some" : "quiet";
}

export function startMeter(track: MediaStreamTrack, onReading: (reading: Reading) => void, Context = audioContext()) {
  if (!Context) return { stop() {} };
  const context = new Context();
  const analyser = context.createAnalyser();
  analyser.fftSize = 1024;
  context.createMediaStreamSource(new MediaStream([track])).connect(analyser);
  const samples = new Float32Array(analyser.fftSize);
  let heard: number[] = [];
  let hasSpoken = false;
  const timer = setInterval(() => {
    // A browser may keep sound back until the page was touched.
    if (context.state === "suspended") context.resume().catch(() => {});
    if (context.state !== "running") return;
    analyser.getFloatTimeDomainData(samples);
    const db = decibels(samples);
    heard = [...heard, db].slice(-KEPT);
    hasSpoken ||= levelOf(db) > 0.35;
    onReading({ level: levelOf(db), noise: noiseOf(heard), hasSpoken });
  }, EVERY_MS);
  return {
    stop() {
      clearInterval(timer);
      context.close().catch(() => {});
    },
  };
}
