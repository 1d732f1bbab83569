// Tells the server once that so many seconds have passed, also those in which the machine slept or nobody looked.
import { useEffect, useRef } from "react";

const LOOK_MS = 5000;

type Props = { seconds: number; version: number; onRing: () => void };

export function Alarm({ seconds, version, onRing }: Props) {
  const ring = useRef(onRing);
  ring.current = onRing;
  useEffect(() => {
    if (seconds <= 0) return undefined;
    const ringsAt = Date.now() + seconds * 1000;
    const look = () => {
      if (Date.now() < ringsAt) return;
      stop();
      ring.current();
    };
    const timer = setInterval(look, LOOK_MS);
    const stop = () => {
      clearInterval(timer);
      document.removeEventListener("visibilitychange", look);
    };
    document.addEventListener("visibilitychange", look);
    return stop;
  }, [seconds, version]);
  return null;
}
