// Rows that are one stop of the Tab key together: arrows, Home and End lead through them. A row's stop is marked by
// `data-stop`; where that is the row itself, Tab leads from it to the presses of this row alone, and Enter opens it.
import { type FocusEvent, type KeyboardEvent, type ReactNode, useEffect, useRef } from "react";
import { stopAfterKey } from "./arrow_steps.ts";

type Props = { children?: ReactNode };

export function ArrowList({ children }: Props) {
  const list = useRef<HTMLDivElement>(null);
  const stops = () => [...(list.current?.querySelectorAll<HTMLElement>("[data-stop]") ?? [])];

  const keepOne = (chosen: Element | undefined) => {
    for (const stop of stops()) {
      const within = stop.querySelectorAll<HTMLElement>("a, button");
      for (const one of [stop, ...within]) one.tabIndex = stop === chosen ? 0 : -1;
    }
  };

  // Other rows may have come, each of them with a stop of its own, and the one that was the stop may have gone.
  useEffect(() => {
    const settle = () => {
      const all = stops();
      keepOne(all.find((stop) => stop.contains(document.activeElement)) ?? all[0]);
    };
    settle();
    const rows = new MutationObserver(settle);
    if (list.current) rows.observe(list.current, { childList: true, subtree: true });
    return () => rows.disconnect();
  }, []);

  const onFocus = ({ target }: FocusEvent<HTMLElement>) => {
    const stop = target.closest("[data-stop]");
    if (stop) keepOne(stop);
  };
  const onKeyDown = (event: KeyboardEvent<HTMLElement>) => {
    if (event.altKey || event.ctrlKey || event.metaKey || event.shiftKey) return;
    const all = stops();
    const at = all.indexOf(event.target as HTMLElement);
    if (event.key === "Enter") all[at]?.querySelector<HTMLElement>("[data-open]")?.click();
    const next = stopAfterKey(event.key, at, all.length);
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
