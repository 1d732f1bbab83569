// The booking that is open beside the day. Its address is that of its own page, so that a reload shows the same booking;
// the query stays the day's, as events carry the address that stands there. The router hears of none of this: for it
// the page stays the day, which is therefore neither left nor read again.
import { useSyncExternalStore } from "react";
import { afterStep, bookingOf, type Opened, type Place } from "./beside_steps.ts";

// Below, a list beside a booking has no room for names.
const ROOM = "(min-width: 1100px)";

let opened: Opened | null = null;
// The day's own address, beneath.
let under: Place | null = null;
let isThere = false;
const listeners = new Set<() => void>();

function put(next: Opened | null) {
  opened = next;
  for (const listener of listeners) listener();
}

// False where the address is no booking's, or there is no day or no room beside which to show it.
export function openBeside(href: string): boolean {
  const to = new URL(href, location.href);
  const reference = to.origin === location.origin ? bookingOf(to) : "";
  if (!reference || !isThere || !matchMedia(ROOM).matches) return false;
  under = opened && under ? under : { pathname: location.pathname, search: location.search };
  if (reference !== opened?.reference) {
    const state = { ...history.state, beside: true };
    const address = to.pathname + under.search;
    // From one booking to the next: one step back still leads to the day.
    if (opened) history.replaceState(state, "", address);
    else history.pushState(state, "", address);
  }
  put({ reference, asks: to.searchParams.get("do") ?? "" });
  return true;
}

export function closeBeside() {
  if (!opened || !under) return;
  if (history.state?.beside) return history.back();
  // A link within the page was followed since.
  history.replaceState(history.state, "", under.pathname + under.search);
  put(null);
}

// The page went to another day, or another part of this one.
export function followAddress() {
  if (opened ? bookingOf(location) === opened.reference : location.search === under?.search) return;
  under = null;
  if (opened) put(null);
}

function onStep(event: Event) {
  const next = afterStep(location, under, opened !== null);
  if (next === null) return;
  event.preventDefault();
  if (next === "closed") put(null);
  else if (next.reference !== opened?.reference) put(next);
}

// While the day is shown. `page.js` asks before the router hears of a step.
export function beginBeside(): () => void {
  isThere = true;
  document.addEventListener("historystep", onStep);
  return () => {
    isThere = false;
    under = null;
    document.removeEventListener("historystep", onStep);
    put(null);
  };
}

// Listeners are asked before the page shows the change.
export function subscribe(listener: () => void) {
  listeners.add(listener);
  return () => {
    listeners.delete(listener);
  };
}

export const openedNow = () => opened;

export function useOpened(): Opened | null {
  return useSyncExternalStore(subscribe, openedNow, () => null);
}
