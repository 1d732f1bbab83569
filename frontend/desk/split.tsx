// The day, and beside it the booking that was opened from it.
import { type MouseEvent, type ReactNode, useEffect, useLayoutEffect, useRef } from "react";
import { keepDay, takeMeeting } from "../components/way_to_row.ts";
import { beginBeside, closeBeside, followAddress, openBeside, openedNow, subscribe, useOpened } from "./beside.ts";
import { bookingOf, type Opened } from "./beside_steps.ts";

type Props = {
  // Which booking the server shows beside the day, and how many events it has answered.
  beside: string;
  ackCount: number;
  onShow: (reference: string, asks: string) => void;
  onHide: () => void;
  children?: ReactNode;
};

export function Split({ beside, ackCount, onShow, onHide, children }: Props) {
  const opened = useOpened();
  const asked = useRef<Opened | null>(null);
  const last = useRef("");
  useSteadyPlace(opened, last);

  useEffect(beginBeside, []);
  useCameFromMeeting(ackCount);
  useEffect(followAddress, [ackCount]);
  useEffect(() => {
    if (!opened) {
      if (beside) onHide();
    } else if (asked.current !== opened || beside !== opened.reference) {
      // A server that has forgotten it is told which booking, and not to ask its question once more.
      onShow(opened.reference, asked.current === opened ? "" : opened.asks);
    }
    asked.current = opened;
  }, [opened, beside]);
  useEffect(() => {
    if (opened) last.current = opened.reference;
    else if (last.current) focusFrom(last.current);
  }, [opened]);

  return (
    <div className={opened ? "split is-open" : "split"} onClickCapture={openFrom}>
      {children}
    </div>
  );
}

export function CloseBeside({ label }: { label: string }) {
  return (
    <button type="button" className="panel__close" aria-label={label} onClick={closeBeside}>
      ×
    </button>
  );
}

// After the page has led the focus to its heading.
function useCameFromMeeting(ackCount: number) {
  useEffect(() => {
    const place = placeOf(takeMeeting());
    const timer = setTimeout(() => place?.focus(), 0);
    return () => clearTimeout(timer);
  }, []);
  useEffect(() => {
    if (!bookingOf(location)) keepDay(location.pathname + location.search);
  }, [ackCount]);
}

// A plain press on a booking's link, or anywhere on its row; where there is no room beside, its page opens.
function openFrom(event: MouseEvent) {
  if (event.button || event.altKey || event.ctrlKey || event.metaKey || event.shiftKey) return;
  const pressed = event.target as Element;
  const page = pressed.closest(".split__page");
  const row = pressed.closest("a, button, input, label, [role=menu]") ? null : pressed.closest("[data-reference]");
  const link = pressed.closest<HTMLAnchorElement>("a[href]") ?? row?.querySelector<HTMLAnchorElement>("[data-open]");
  // Whoever marks words to copy them opens nothing.
  if (!page || !link || (row && !getSelection()?.isCollapsed)) return;
  if (openBeside(link.href)) event.preventDefault();
  else if (row) link.click();
}

// Beside a booking the list has rows of other heights: the one that was pressed stays where it is on the screen.
function useSteadyPlace(opened: Opened | null, last: { current: string }) {
  const before = useRef<{ place: Element; top: number } | null>(null);
  useEffect(
    () =>
      subscribe(() => {
        const place = placeOf(openedNow()?.reference ?? last.current);
        const top = place?.getBoundingClientRect().top ?? -1;
        before.current = place && top >= 0 && top < window.innerHeight ? { place, top } : null;
      }),
    [last],
  );
  useLayoutEffect(() => {
    if (!before.current) return;
    const { place, top } = before.current;
    before.current = null;
    window.scrollBy({ top: place.getBoundingClientRect().top - top, behavior: "instant" });
  }, [opened]);
}

// A booking's row on the list, or its block on the board.
function placeOf(reference: string): HTMLElement | null {
  const name = CSS.escape(reference);
  return reference
    ? document.querySelector<HTMLElement>(`#list [data-reference="${name}"], #list a[href*="/${name}"]`)
    : null;
}

// Back to where it was opened from, on the list or on the board; to the list, if that has gone. Whoever closed it by
// something else, such as a filter, stays there.
function focusFrom(reference: string) {
  const active = document.activeElement;
  if (active && active !== document.body && !active.closest(".split__beside, #list")) return;
  (placeOf(reference) ?? document.getElementById("list"))?.focus();
}
