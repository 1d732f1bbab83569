// For somebody who waits with another window in front: a tone, a mark in the tab's title, a screen that stays on.
import { playTone } from "../media/tone.ts";

const MARK = "● ";

export function callAttention(words: string, { speakerId = null }: { speakerId?: string | null } = {}) {
  playTone("call", { speakerId });
  if (!document.hidden || document.title.startsWith(MARK)) return;
  const title = document.title;
  document.title = MARK + words;
  document.addEventListener(
    "visibilitychange",
    () => {
      document.title = title;
    },
    { once: true },
  );
}

// Keeps a phone's screen on until the returned function is called: a dark screen ends the waiting.
export function keepAwake() {
  let lock: WakeLockSentinel | null = null;
  let isOver = false;
  const ask = async () => {
    if (isOver || document.hidden || !navigator.wakeLock) return;
    try {
      lock = await navigator.wakeLock.request("screen");
      if (isOver) lock.release();
    } catch {
      lock = null; // a low battery refuses it
    }
  };
  document.addEventListener("visibilitychange", ask);
  ask();
  return () => {
    isOver = true;
    document.removeEventListener("visibilitychange", ask);
    lock?.release().catch(() => {});
  };
}
