// Where the keys of a month's grid lead. Dates are ISO texts and are counted in UTC, where each day has 24 hours.
const DAYS: Record<string, number> = { ArrowLeft: -1, ArrowRight: 1, ArrowUp: -7, ArrowDown: 7 };
const MONTHS: Record<string, number> = { PageUp: -1, PageDown: 1 };

const toText = (date: Date) => date.toISOString().slice(0, 10);

export function plusDays(on: string, days: number): string {
  const date = new Date(on);
  date.setUTCDate(date.getUTCDate() + days);
  return toText(date);
}

// The same day of another month, or that month's last.
export function plusMonths(on: string, months: number): string {
  const [year, month, day] = on.split("-").map(Number) as [number, number, number];
  const last = new Date(Date.UTC(year, month + months, 0)).getUTCDate();
  return toText(new Date(Date.UTC(year, month - 1 + months, Math.min(day, last))));
}

// The day that a key leads to, from `on` in `week`; empty when the key means nothing here.
export function dayAfterKey({ key, shiftKey }: { key: string; shiftKey: boolean }, on: string, week: string[]): string {
  const months = MONTHS[key];
  if (months !== undefined) return plusMonths(on, months * (shiftKey ? 12 : 1));
  if (shiftKey) return "";
  const days = DAYS[key];
  if (days !== undefined) return plusDays(on, days);
  if (key === "Home") return week[0] ?? "";
  return key === "End" ? (week.at(-1) ?? "") : "";
}
