// Says that a field was left, and with what in it; but not while a finger or a mouse button is down: what the answer
// takes away moves the page, and the press would miss what it was meant for.
import { useEffect, useRef } from "react";

const TYPED = "input:not([type=radio]):not([type=checkbox]):not([readonly]), textarea";

export function LeftFields({ onLeft, children }) {
  const isDown = useRef(false);
  const untold = useRef([]);

  useEffect(() => {
    const press = () => {
      isDown.current = true;
    };
    const letGo = () => {
      isDown.current = false;
      // The click comes first.
      setTimeout(() => untold.current.splice(0).forEach((tell) => tell()));
    };
    const ends = ["pointerup", "pointercancel"];
    window.addEventListener("pointerdown", press, true);
    ends.forEach((end) => window.addEventListener(end, letGo, true));
    return () => {
      window.removeEventListener("pointerdown", press, true);
      ends.forEach((end) => window.removeEventListener(end, letGo, true));
    };
  }, []);

  const left = ({ target, relatedTarget }) => {
    // Nothing goes away under somebody who walks through the list of mistakes.
    if (!target.matches(TYPED) || relatedTarget?.closest("#error-summary")) return;
    const { name, value } = target;
    const tell = () => onLeft(name, value);
    if (isDown.current) untold.current.push(tell);
    else tell();
  };
  return <div onBlur={left}>{children}</div>;
}
