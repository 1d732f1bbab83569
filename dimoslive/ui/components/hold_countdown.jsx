// The ring that runs out while a time is held. The server decides; this only shows its clock.
import { useEffect, useRef, useState } from "react";

const ROUND = 2 * Math.PI * 17;

export function HoldCountdown({ secondsLeft, secondsInAll, version, label, minuteText, minutesText, overText, onOver }) {
  const [left, setLeft] = useState(secondsLeft);
  const over = useRef(false);

  useEffect(() => {
    over.current = false;
    const endsAt = performance.now() + secondsLeft * 1000;
    const tick = () => {
      const rest = Math.max(0, Math.ceil((endsAt - performance.now()) / 1000));
      setLeft(rest);
      if (rest === 0 && !over.current) {
        over.current = true;
        if (onOver) onOver();
      }
    };
    tick();
    const timer = setInterval(tick, 1000);
    return () => clearInterval(timer);
  }, [version, secondsLeft]);

  const clock = `${Math.floor(left / 60)}:${String(left % 60).padStart(2, "0")}`;
  const share = secondsInAll ? left / secondsInAll : 0;
  const minutes = Math.ceil(left / 60);
  // Spoken at five, two and one minute and at the end: often enough to act, not so often as to disturb.
  const spoken = left === 0 ? overText : [5, 2, 1].includes(minutes) && left % 60 === 0
    ? (minutes === 1 ? minuteText : minutesText.replace("{n}", minutes)) : "";
  const lastSpoken = useRef("");
  if (spoken) lastSpoken.current = spoken;

  return (
    <span className="hold__clock">
      <svg className="ring" viewBox="0 0 40 40" aria-hidden="true">
        <circle cx="20" cy="20" r="17" fill="none" className="ring__rail" strokeWidth="4" />
        <circle cx="20" cy="20" r="17" fill="none" className={left < 120 ? "ring__rest is-short" : "ring__rest"} strokeWidth="4"
          strokeDasharray={`${share * ROUND} ${ROUND}`} transform="rotate(-90 20 20)" />
      </svg>
      <span className="hold__words">
        <span className="hold__label">{label}</span> <b className="hold__time" role="timer">{clock}</b>
      </span>
      <span className="govgr-visually-hidden" role="status">{lastSpoken.current}</span>
    </span>
  );
}
