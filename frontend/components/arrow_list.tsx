// Rows that are one stop of the Tab key together: arrows, Home and End lead through them. A row's stop is marked by
// `data-stop`.
import { type FocusEvent, type KeyboardEvent, type ReactNode, useEffect, useRef } from "react";
import { stopAfterKey } from "./arrow_steps.ts";

type Props = { children?: ReactNode };

export function ArrowList({ children }: Props) {
  const list = useRef<HTMLDivElement>(null);
  const stops = () => [...(list.current?.querySelectorAll<HTMLElement>("[data-stop]") ?? [])];

  const keepOne = (chosen: Element | undefined) => {
    for (const stop of stops()) stop.tabIndex = stop === chosen ? 0 : -1;
  };

  // Other rows may have come, each of them with a stop of its own.
  useEffect(() => {
    const all = stops();
    keepOne(all.find((stop) => stop === document.activeElement) ?? all[0]);
  });

  const onFocus = ({ target }: FocusEvent<HTMLElement>) => {
    if (target.matches("[data-stop]")) keepOne(target);
  };
  const onKeyDown = (event: KeyboardEvent<HTMLElement>) => {
    if (event.altKey || event.ctrlKey || event.metaKey || event.shiftKey) return;
    const all = stops();
    const next = stopAfterKey(event.key, all.indexOf(event.target as HTMLElement), all.length);
    if (next < 0) return;
    event.preventDefault();
    all[next]?.focus();
  };

  return (
    <div ref={list} onFocus={onFocus} onKeyDown={onKeyDown}>
      {children}
    </div>
  );
}
