// The ring that runs out while a time is held. The server alone knows when that is: here it is counted down from what
// the server said last, and at nought it is asked, until it says something else.
import { useEffect, useRef, useState } from "react";

const ROUND = 2 * Math.PI * 17;
const ASK_AGAIN_MS = 5000;
// Often enough to act, not so often as to disturb.
const SPOKEN_MINUTES = [5, 2, 1];

type Said = { version: string; endRunning: number; endClock: number; askedAt: number };

// What the server said last: one for all that show it, and kept for the page of the next step.
let said: Said = { version: "", endRunning: 0, endClock: 0, askedAt: -Infinity };

function hear(version: string, seconds: number) {
  if (said.version === version) return;
  const length = seconds * 1000;
  said = { version, endRunning: performance.now() + length, endClock: Date.now() + length, askedAt: -Infinity };
}

// The device's clock goes on while a laptop sleeps, the other one is never set by hand: what is further on counts, for
// to ask too early does no harm.
function secondsLeft() {
  const left = Math.min(said.endRunning - performance.now(), said.endClock - Date.now());
  return Math.max(0, Math.ceil(left / 1000));
}

function ask(onOver: () => void) {
  const now = performance.now();
  if (now - said.askedAt < ASK_AGAIN_MS) return;
  said.askedAt = now;
  onOver();
}

type Props = {
  secondsLeft: number;
  secondsInAll: number;
  version: string;
  label: string;
  minuteText: string;
  minutesText: string;
  onOver: () => void;
};

export function HoldCountdown({
  secondsLeft: seconds,
  secondsInAll,
  version,
  label,
  minuteText,
  minutesText,
  onOver,
}: Props) {
  hear(version, seconds);
  const [left, setLeft] = useState(secondsLeft);
  const [spoken, setSpoken] = useState("");
  const over = useRef(onOver);
  over.current = onOver;

  useEffect(() => {
    const tick = () => {
      const now = secondsLeft();
      setLeft(now);
      if (now === 0) ask(over.current);
    };
    tick();
    const timer = setInterval(tick, 1000);
    // In a tab that nobody looks at the timer hardly runs, and another tab may have booked meanwhile.
    const lookAgain = () => {
      tick();
      if (document.visibilityState === "visible") ask(over.current);
    };
    document.addEventListener("visibilitychange", lookAgain);
    return () => {
      clearInterval(timer);
      document.removeEventListener("visibilitychange", lookAgain);
    };
  }, [version]);

  const minutes = Math.ceil(left / 60);
  const before = useRef(minutes);
  useEffect(() => {
    const isDue = SPOKEN_MINUTES.some((mark) => minutes <= mark && mark < before.current);
    if (isDue && minutes) setSpoken(minutes === 1 ? minuteText : minutesText.replace("{n}", String(minutes)));
    before.current = minutes;
  }, [minutes]);

  const clock = `${Math.floor(left / 60)}:${String(left % 60).padStart(2, "0")}`;
  const share = secondsInAll ? left / secondsInAll : 0;
  return (
    <span className="hold__clock">
      <svg className="ring" viewBox="0 0 40 40" aria-hidden="true">
        <circle cx="20" cy="20" r="17" fill="none" className="ring__rail" strokeWidth="4" />
        <circle
          cx="20"
          cy="20"
          r="17"
          fill="none"
          className={left < 120 ? "ring__rest is-short" : "ring__rest"}
          strokeWidth="4"
          strokeDasharray={`${share * ROUND} ${ROUND}`}
          transform="rotate(-90 20 20)"
        />
      </svg>
      <span className="hold__words">
        <span className="hold__label">{label}</span>{" "}
        <b className="hold__time" role="timer">
          {clock}
        </b>
      </span>
      <span className="govgr-visually-hidden" role="status">
        {spoken}
      </span>
    </span>
  );
}
