// Says that a field was left, and with what in it; but not while a finger or a mouse button is down: what the answer
// takes away moves the page, and the press would miss what it was meant for.
import { type FocusEvent, type FormEvent, type ReactNode, useEffect, useRef } from "react";

const TYPED = "input:not([type=radio]):not([type=checkbox]):not([readonly]), textarea";

type Typed = HTMLInputElement | HTMLTextAreaElement;
type Props = { onLeft: (name: string, text: string) => void; children?: ReactNode };

export function LeftFields({ onLeft, children }: Props) {
  const isDown = useRef(false);
  const untold = useRef<(() => void)[]>([]);
  const typedIn = useRef<Typed | null>(null);
  const told = useRef(onLeft);
  told.current = onLeft;

  useEffect(() => {
    // A reload or another address may take the page away in the middle of a word.
    const goAway = () => {
      if (typedIn.current) told.current(typedIn.current.name, typedIn.current.value);
      typedIn.current = null;
    };
    document.addEventListener("goesaway", goAway);
    return () => document.removeEventListener("goesaway", goAway);
  }, []);

  useEffect(() => {
    const press = () => {
      isDown.current = true;
    };
    const letGo = () => {
      isDown.current = false;
      // The click comes first.
      setTimeout(() => {
        for (const tell of untold.current.splice(0)) tell();
      });
    };
    const ends = ["pointerup", "pointercancel"];
    window.addEventListener("pointerdown", press, true);
    for (const end of ends) window.addEventListener(end, letGo, true);
    return () => {
      window.removeEventListener("pointerdown", press, true);
      for (const end of ends) window.removeEventListener(end, letGo, true);
    };
  }, []);

  const left = ({ target, relatedTarget }: FocusEvent<HTMLElement>) => {
    // Nothing goes away under somebody who walks through the list of mistakes.
    if (!target.matches(TYPED) || relatedTarget?.closest("#error-summary")) return;
    const { name, value } = target as Typed;
    typedIn.current = null;
    const tell = () => onLeft(name, value);
    if (isDown.current) untold.current.push(tell);
    else tell();
  };
  const type = ({ target }: FormEvent<HTMLElement>) => {
    if ((target as HTMLElement).matches(TYPED)) typedIn.current = target as Typed;
  };
  return (
    <div onInput={type} onBlur={left}>
      {children}
    </div>
  );
}
