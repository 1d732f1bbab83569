// Asks the server again and again while the page is looked at.
import { useEffect, useRef } from "react";

export function Poller({ seconds, onTick }: { seconds: number; onTick?: () => void }) {
  const tick = useRef(onTick);
  tick.current = onTick;
  useEffect(() => {
    const timer = setInterval(() => {
      if (!document.hidden && tick.current) tick.current();
    }, seconds * 1000);
    return () => clearInterval(timer);
  }, [seconds]);
  return null;
}
