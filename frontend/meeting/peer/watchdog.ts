// A way may die while both browsers call it connected, above all when networks change: what counts is what comes. That
// it comes on the other side says nothing, for packets may find the way there and not back.
export const CHECK_EVERY_MS = 400;
// The polite one asks for what the impolite does: mostly that is done by then.
const STALE_CHECKS = { impolite: 3, polite: 4 };
const MAX_ICE_RESTARTS = 3;

export type Watchdog = { receivedBytes: number; staleChecks: number; iceRestarts: number };

export const WATCHING: Watchdog = { receivedBytes: 0, staleChecks: 0, iceRestarts: 0 };

type Check = {
  // In all, since the connection was opened.
  bytes: number;
  isPolite: boolean;
  // Nothing is being negotiated, and the other says that it sends: then something must come.
  isExpecting: boolean;
};

// What is known after a check, and whether the way is to be looked for again: a few times, each after twice as long.
export function check(watchdog: Watchdog, { bytes, isPolite, isExpecting }: Check): [Watchdog, isStale: boolean] {
  if (bytes !== watchdog.receivedBytes) return [{ ...WATCHING, receivedBytes: bytes }, false];
  if (!isExpecting || watchdog.iceRestarts >= MAX_ICE_RESTARTS) return [watchdog, false];
  const staleChecks = watchdog.staleChecks + 1;
  const patience = (isPolite ? STALE_CHECKS.polite : STALE_CHECKS.impolite) * 2 ** watchdog.iceRestarts;
  if (staleChecks < patience) return [{ ...watchdog, staleChecks }, false];
  return [{ ...watchdog, staleChecks: 0, iceRestarts: watchdog.iceRestarts + 1 }, true];
}

// For a description that was just taken: the way it names has yet to be tried.
export const heardDescription = (watchdog: Watchdog): Watchdog => ({ ...watchdog, staleChecks: 0 });

// For a new connection to the same browser: how often the way was looked for still counts.
export const reopened = ({ iceRestarts }: Watchdog): Watchdog => ({ ...WATCHING, iceRestarts });
