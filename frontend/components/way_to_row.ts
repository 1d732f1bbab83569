// The meeting and the day are one place of work: whoever comes back from a meeting finds the day as it was left, and is
// on the row that led away from it.
const DAY = "desk:day";
const MEETING = "desk:meeting";

export function keepDay(address: string): void {
  write(DAY, address);
}

export function dayLeft(): string {
  return read(DAY);
}

export function keepMeeting(reference: string): void {
  write(MEETING, reference);
}

export function isComingBack(): boolean {
  return read(MEETING) !== "";
}

// Once: who opens the day later is not led there again.
export function takeMeeting(): string {
  const reference = read(MEETING);
  write(MEETING, "");
  return reference;
}

function write(key: string, text: string): void {
  try {
    sessionStorage.setItem(key, text);
  } catch {
    // A browser that keeps nothing leads to the day alone.
  }
}

function read(key: string): string {
  try {
    return sessionStorage.getItem(key) || "";
  } catch {
    return "";
  }
}
