/**
 * The attributes of the elements, read within their bounds.
 *
 * A host's page writes them, by hand or by a content management system: what is wrong is never an empty box.
 */
import { LABEL } from "./element_words.ts";
import { type Language, MODES, type ModeName } from "./messages.ts";

const SHOWS = ["inline", "dialog", "link"] as const;
export type Show = (typeof SHOWS)[number];

export type Settings = {
  /** Empty for a name that none can have: then there is nothing to show but a way to the list of all. */
  municipality: string;
  service: string;
  mode: ModeName | "";
  language: Language;
  /** `#rrggbb` that can be read on white; empty for the municipality's own. */
  accent: string;
  display: Show;
  label: string;
  minHeight: number;
  topOffset: number;
  isLazy: boolean;
  /** How many times the teaser shows. */
  count: number;
  /** What the webmaster should know, in English. */
  remarks: string[];
};

type Attribute = (name: string) => string | null;

const MAX_LABEL_LENGTH = 80;
const MIN_CONTRAST = 4.5;

/** `nearestLanguage` is the `lang` of whatever part of the host's page the element stands in. */
export function readSettings(attribute: Attribute, nearestLanguage: string): Settings {
  const remarks: string[] = [];
  const text = (name: string) => (attribute(name) ?? "").trim().slice(0, 100);
  const wrong = (name: string, why = "is none") => {
    remarks.push(`${name}="${text(name)}" ${why}`);
    return "" as const;
  };
  const slug = (name: string) => {
    if (/^[a-z0-9-]{2,80}$/.test(text(name))) return text(name);
    return text(name) || name === "municipality" ? wrong(name) : "";
  };
  const language = languageOf(attribute("lang") ?? nearestLanguage);
  const mode = MODES.find((one) => one === text("mode"));
  const accent = text("accent").toLowerCase();
  const contrast = /^#[0-9a-f]{6}$/.test(accent) ? contrastWithWhite(accent) : 0;
  return {
    municipality: slug("municipality"),
    service: slug("service"),
    mode: mode ?? (text("mode") ? wrong("mode") : ""),
    language,
    accent:
      contrast >= MIN_CONTRAST || !accent
        ? accent
        : wrong("accent", `has a contrast of ${contrast.toFixed(2)} with white, not ${MIN_CONTRAST}`),
    display: SHOWS.find((one) => one === text("display")) ?? "inline",
    label: text("label").slice(0, MAX_LABEL_LENGTH) || LABEL[language],
    minHeight: numberOf(text("min-height"), 200, 2000, 480),
    topOffset: numberOf(text("top-offset"), 0, 400, 0),
    isLazy: text("loading") !== "eager",
    count: numberOf(text("count"), 1, 5, 3),
    remarks,
  };
}

/** `en-GB` is English; whatever is neither is Greek. */
export function languageOf(lang: string): Language {
  return /^en(-|$)/i.test(lang.trim()) ? "en" : "el";
}

/** From 1 (white) to 21 (black): of white text on a colour `#rrggbb`, and of the colour on white. */
export function contrastWithWhite(color: string): number {
  const [red, green, blue] = [1, 3, 5].map((at) => linear(Number.parseInt(color.slice(at, at + 2), 16) / 255));
  return 1.05 / (0.2126 * (red ?? 0) + 0.7152 * (green ?? 0) + 0.0722 * (blue ?? 0) + 0.05);
}

/** Where the frame begins. */
export function frameAddress(site: string, { municipality, service, mode, language }: Settings): string {
  return address(site, language, "/embed/services", { m: municipality, service, mode });
}

/** Where people book on the site itself. */
export function bookingAddress(site: string, { municipality, service, mode, language }: Settings): string {
  if (!municipality) return address(site, language, "/municipalities", {});
  return address(site, language, `/m/${municipality}`, { service, mode });
}

function address(site: string, language: Language, path: string, asked: Record<string, string>): string {
  const query = new URLSearchParams(Object.entries(asked).filter(([, value]) => value)).toString();
  return `${site}${language === "en" ? "/en" : ""}${path}${query && `?${query}`}`;
}

function numberOf(typed: string, least: number, most: number, usual: number): number {
  const number = Number.parseInt(typed, 10);
  return Math.min(Math.max(Number.isNaN(number) ? usual : number, least), most);
}

function linear(part: number): number {
  return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
}
