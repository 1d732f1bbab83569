// One socket for the day that the page shows; it shows nothing itself.
import { useEffect, useRef } from "react";
import { DayListening } from "./day_listening.ts";

export function DayListener({ query, onChange }: { query: string; onChange: () => void }) {
  const change = useRef(onChange);
  change.current = onChange;
  useEffect(() => {
    if (!query) return;
    const listening = new DayListening({
      url: `${location.origin.replace(/^http/, "ws")}/api/desk/live?${query}`,
      onChange: () => change.current(),
      isHidden: () => document.hidden,
      open: (url) => new WebSocket(url),
      random: Math.random,
    });
    const lookAgain = () => listening.lookAgain();
    listening.start();
    document.addEventListener("visibilitychange", lookAgain);
    return () => {
      document.removeEventListener("visibilitychange", lookAgain);
      listening.stop();
    };
  }, [query]);
  return null;
}
