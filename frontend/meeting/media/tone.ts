// Short tones without a file: to try a speaker, to call back somebody who looks elsewhere, to say that somebody came.
import { audioContext } from "./audio_context.ts";

const NOTES = { test: [523, 659, 784], call: [659, 523], arrival: [784, 988] };
const NOTE_SECONDS = 0.28;
const STARTS_WITHIN_MS = 1000;

const sleep = (ms: number) =>
  new Promise<void>((resolve) => {
    setTimeout(resolve, ms);
  });

export async function playTone(name: keyof typeof NOTES, { speakerId = null }: { speakerId?: string | null } = {}) {
  const Context = audioContext();
  if (!Context) return;
  const context = new Context();
  const element = new Audio();
  try {
    // Before the page was touched Chromium neither starts the sound nor refuses it.
    await Promise.race([context.resume(), sleep(STARTS_WITHIN_MS)]);
    if (context.state !== "running") return;
    const out = context.createMediaStreamDestination();
    const volume = context.createGain();
    volume.gain.value = 0.25;
    volume.connect(out);
    element.srcObject = out.stream;
    // The tone must come from where the voice will.
    if (speakerId && element.setSinkId) await element.setSinkId(speakerId).catch(() => {});
    await element.play();
    NOTES[name].forEach((frequency, at) => {
      const note = context.createOscillator();
      note.frequency.value = frequency;
      note.connect(volume);
      note.start(context.currentTime + at * NOTE_SECONDS);
      note.stop(context.currentTime + (at + 0.9) * NOTE_SECONDS);
    });
    await sleep((NOTES[name].length * NOTE_SECONDS + 0.3) * 1000);
  } catch {
    // No sound without a touch of the page: the words on it say the same.
  } finally {
    element.srcObject = null;
    context.close().catch(() => {});
  }
}
