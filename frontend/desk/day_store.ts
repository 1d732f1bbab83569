// What of the day is looked at in this browser alone: the text of the filter, and whether what is done is hidden.
import { useSyncExternalStore } from "react";

type Looked = { text: string; isDoneHidden: boolean; areShortcutsShown: boolean };

let looked: Looked = { text: "", isDoneHidden: false, areShortcutsShown: false };
const listeners = new Set<() => void>();

export function look(changes: Partial<Looked>) {
  looked = { ...looked, ...changes };
  for (const listener of listeners) listener();
}

function subscribe(listener: () => void) {
  listeners.add(listener);
  return () => {
    listeners.delete(listener);
  };
}

export function useLooked(): Looked {
  return useSyncExternalStore(
    subscribe,
    () => looked,
    () => looked,
  );
}
