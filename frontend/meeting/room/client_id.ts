// What this tab remembers of a meeting until it leaves: its seat, so that a reload comes back as the same person, and
// which devices were chosen. Nothing else is kept, and nothing outlives the tab.
const memory = new Map();

function storage() {
  try {
    return globalThis.sessionStorage || null;
  } catch {
    return null; // blocked by the browser's settings: the meeting works, a reload does not come back
  }
}

const nameOf = (key) => `meeting.${key}`;

export function readSeat(key) {
  const kept = storage();
  try {
    return JSON.parse((kept ? kept.getItem(nameOf(key)) : memory.get(key)) || "null");
  } catch {
    return null;
  }
}

export function keepSeat(key, change) {
  const record = JSON.stringify({ ...readSeat(key), ...change });
  const kept = storage();
  if (kept) kept.setItem(nameOf(key), record);
  else memory.set(key, record);
}

// The seat of this tab, a new one when there is none.
export function takeSeat(key) {
  const kept = readSeat(key);
  if (kept && /^[0-9a-f]{32}$/.test(kept.seat)) return kept.seat;
  const seat = randomHex(16);
  keepSeat(key, { seat });
  return seat;
}

export function leaveSeat(key) {
  const kept = storage();
  if (kept) kept.removeItem(nameOf(key));
  memory.delete(key);
}

export function randomHex(bytes) {
  return [...crypto.getRandomValues(new Uint8Array(bytes))].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}
