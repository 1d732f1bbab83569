/** The answer about the next free times, read with the distrust that a network deserves, and said in words. */
import { asObject, type Said } from "./ask.ts";
import { type Language, MODES, type ModeName } from "./messages.ts";

/** More are never asked for. */
const MAX_TIMES = 5;
const ATHENS = "Europe/Athens";
const LOCALE: Record<Language, string> = { el: "el-GR", en: "en-GB" };

export type NextTime = { startsAt: Date; mode: ModeName; href: string };
export type NextTimes = {
  /** Of the service; empty if the answer has none. */
  name: string;
  times: NextTime[];
  /** Until which day there is nothing, if that is known. */
  noneUntil: string;
  nextReleaseAt: Date | null;
  isPaused: boolean;
  notice: string;
};

const MODE: Record<Language, Record<ModeName, string>> = {
  el: { video: "τηλεδιάσκεψη", in_person: "φυσική παρουσία", phone: "τηλεφωνική κλήση" },
  en: { video: "video call", in_person: "in person", phone: "telephone call" },
};
export const TEASER_WORDS = {
  el: {
    all: "Όλες οι ώρες",
    zone: "Ώρα Ελλάδας.",
    none: "Καμία ελεύθερη ώρα",
    until: (day: string) => `Καμία ώρα ως τις ${day}`,
    release: (time: string) => `νέες ώρες ανοίγουν κάθε μέρα στις ${time}`,
  },
  en: {
    all: "All times",
    zone: "Greek time.",
    none: "No free time",
    until: (day: string) => `No time until ${day}`,
    release: (time: string) => `new times open every day at ${time}`,
  },
};

/** Null for what is no such answer. Links lead to our own site, or are left out. */
export function readNextTimes(said: Said | null, site: string, language: Language): NextTimes | null {
  if (!Array.isArray(said?.items)) return null;
  const textOf = (both: unknown) => String(asObject(both)?.[language] ?? "").slice(0, 500);
  return {
    name: textOf(said.name),
    times: said.items.flatMap((item) => readTime(item, site, language)).slice(0, MAX_TIMES),
    noneUntil: String(said.none_until),
    nextReleaseAt: instant(said.next_release_at),
    isPaused: said.paused === true,
    notice: textOf(said.notice),
  };
}

/** «Πέμπτη 26 Νοεμβρίου, 10:00 π.μ., τηλεδιάσκεψη» */
export function lineOf({ startsAt, mode }: NextTime, language: Language): string {
  return `${dayOf(startsAt, language, { weekday: "long" })}, ${clockOf(startsAt, language)}, ${MODE[language][mode]}`;
}

/** «Καμία ώρα ως τις 23 Ιανουαρίου· νέες ώρες ανοίγουν κάθε μέρα στις 8:00 π.μ.» */
export function noneLine({ noneUntil, nextReleaseAt }: NextTimes, language: Language): string {
  const words = TEASER_WORDS[language];
  const until = instant(`${noneUntil}T12:00:00Z`);
  const first = until ? words.until(dayOf(until, language)) : words.none;
  if (nextReleaseAt === null) return first;
  return `${first}${language === "el" ? "·" : ";"} ${words.release(clockOf(nextReleaseAt, language))}`;
}

/** Whether the visitor's clock shows another time than a clock in Greece; `zone` is the visitor's, if not this one's. */
export function isElsewhere(at: Date, zone?: string): boolean {
  const clock = (timeZone?: string) => at.toLocaleString("en", { timeZone });
  return clock(zone) !== clock(ATHENS);
}

function dayOf(at: Date, language: Language, weekday = {}): string {
  return at.toLocaleDateString(LOCALE[language], { ...weekday, day: "numeric", month: "long", timeZone: ATHENS });
}

function clockOf(at: Date, language: Language): string {
  return at.toLocaleTimeString(LOCALE[language], {
    hour: "numeric",
    minute: "2-digit",
    hour12: true,
    timeZone: ATHENS,
  });
}

function readTime(item: unknown, site: string, language: Language): NextTime[] {
  const said = asObject(item);
  const startsAt = instant(said?.starts_at);
  const mode = MODES.find((one) => one === said?.mode);
  const address = String(said?.booking_url);
  if (!startsAt || !mode || !address.startsWith(`${site}/`)) return [];
  // The answer has the Greek page.
  return [{ startsAt, mode, href: language === "en" ? address.replace(site, `${site}/en`) : address }];
}

function instant(said: unknown): Date | null {
  const at = new Date(String(said));
  return Number.isNaN(at.getTime()) ? null : at;
}
