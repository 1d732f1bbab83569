// What this tab remembers of a meeting until it leaves: its id, so that a reload comes back as the same person, and
// which devices were chosen. Nothing else is kept, and nothing outlives the tab.
import type { DeviceChoice } from "../media/own_state.ts";
import { CLIENT_ID_PATTERN } from "../protocol/generated.ts";
import { randomHex } from "../random_hex.ts";

type TabRecord = { clientId?: string; isIn?: boolean; devices?: DeviceChoice };

const memory = new Map<string, string>();

function storage(): Storage | null {
  try {
    return globalThis.sessionStorage || null;
  } catch {
    return null; // blocked by the browser's settings: the meeting works, a reload does not come back
  }
}

const nameOf = (key: string) => `meeting.${key}`;

export function readTab(key: string): TabRecord | null {
  const kept = storage();
  try {
    return JSON.parse((kept ? kept.getItem(nameOf(key)) : memory.get(key)) || "null");
  } catch {
    return null;
  }
}

export function keepTab(key: string, change: TabRecord) {
  const record = JSON.stringify({ ...readTab(key), ...change });
  const kept = storage();
  if (kept) kept.setItem(nameOf(key), record);
  else memory.set(key, record);
}

// The id of this tab, a new one when there is none.
export function takeClientId(key: string): string {
  const kept = readTab(key)?.clientId;
  if (kept && new RegExp(CLIENT_ID_PATTERN).test(kept)) return kept;
  const clientId = randomHex(16);
  keepTab(key, { clientId });
  return clientId;
}

export function forgetTab(key: string) {
  const kept = storage();
  if (kept) kept.removeItem(nameOf(key));
  memory.delete(key);
}
