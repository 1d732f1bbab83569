// Finding a municipality by what people type: its official name, its usual one or its seat, in Greek or Latin letters.

export type Municipality = {
  short_el: string;
  short_en: string;
  aliases: string[];
  unit: string;
  unit_en: string;
  region: string;
  region_en: string;
};

// A word of a sound key, and what is left of it without its ending.
type Word = { word: string; stem: string };
type Fits = (typed: Word, of: Word) => boolean;

export type Prepared<One> = { one: One; names: string[]; sounds: string[]; spoken: Word[][]; area: Word[] };

export const MAX_TYPED_LENGTH = 80;

// Spellings that are heard alike become one sound, whichever alphabet they come from; the longest is read first.
const SOUNDS: Record<string, string> = {
  αι: "e",
  ει: "i",
  οι: "i",
  υι: "i",
  ου: "u",
  αυ: "av",
  ευ: "ev",
  αφ: "av",
  εφ: "ev",
  μπ: "v",
  ντ: "d",
  νδ: "d",
  γκ: "g",
  γγ: "g",
  α: "a",
  β: "v",
  γ: "g",
  δ: "d",
  ε: "e",
  ζ: "z",
  η: "i",
  θ: "8",
  ι: "i",
  κ: "k",
  λ: "l",
  μ: "m",
  ν: "n",
  ξ: "x",
  ο: "o",
  π: "p",
  ρ: "r",
  σ: "s",
  τ: "t",
  υ: "i",
  φ: "f",
  χ: "x",
  ψ: "ps",
  ω: "o",
  ai: "e",
  ae: "e",
  ei: "i",
  oi: "i",
  ayi: "agi",
  yi: "gi",
  y: "i",
  ou: "u",
  oy: "u",
  au: "av",
  ay: "av",
  af: "av",
  aph: "av",
  eu: "ev",
  ey: "ev",
  ef: "ev",
  eph: "ev",
  mp: "v",
  mb: "v",
  b: "v",
  nt: "d",
  nd: "d",
  dh: "d",
  gk: "g",
  ng: "g",
  gh: "g",
  nth: "n8",
  mph: "mf",
  th: "8",
  9: "8",
  ph: "f",
  ch: "x",
  kh: "x",
  h: "x",
  ks: "x",
  3: "x",
  c: "k",
  w: "o",
};
const SPELLINGS = new RegExp(
  Object.keys(SOUNDS)
    .sort((a, b) => b.length - a.length)
    .join("|"),
  "g",
);

// «Δήμος» says nothing: all of them are. After «Δ.» alone nothing can be told.
const TITLE = /^(?:(?:δημοσ|δημου|δημο|d[ih]mos|d[ih]mou|(?:municipality|city)(?: of)?)(?= |$)|δ(?= ))/;

// How near a municipality is to what was typed, the nearest first: one of its names, the start of one, a name but for
// its endings, a word inside; each by its letters or, BY_SOUND, one further. Then loose words, in the name or the area.
const [NAME, START, ENDING, INSIDE, WORDS, THERE, AREA, BEGINNINGS, NONE] = [0, 2, 4, 5, 7, 8, 9, 10, 11] as const;
const BY_SOUND = 1;

/** No case, no accents, one sigma, and words alone: «Αγ.Παρασκευή» is «αγ παρασκευη». */
export function searchKey(text: string): string {
  return text
    .normalize("NFKD")
    .replace(/\p{M}/gu, "")
    .toLowerCase()
    .replace(/ς/g, "σ")
    .replace(/[^\p{L}\p{N}\n]+/gu, " ")
    .trim();
}

/** A search key as it is heard: «πειραιας», "peiraias" and "pireas" are one. */
export function soundKey(key: string): string {
  return key.replace(SPELLINGS, (spelling) => SOUNDS[spelling] ?? spelling).replace(/([a-z])\1/g, "$1");
}

/** What is compared with each thing typed, made once for the whole list. */
export function prepareSearch<One extends Municipality>(municipalities: One[]): Prepared<One>[] {
  const namesOf = (one: One) => [one.short_el, one.short_en, ...one.aliases];
  const areasOf = (one: One) => [one.unit, one.unit_en, one.region, one.region_en];
  // Folded in one go: on a slow phone two thousand names would take their time one by one.
  const keys = searchKey(municipalities.flatMap((one) => [...namesOf(one), ...areasOf(one)]).join("\n"));
  const names = keys.split(/ ?\n ?/);
  const sounds = soundKey(keys).split(/ ?\n ?/);
  let at = 0;
  return municipalities.map((one) => {
    const [from, to] = [at, at + namesOf(one).length];
    at = to + areasOf(one).length;
    return {
      one,
      names: names.slice(from, to),
      sounds: sounds.slice(from, to),
      spoken: sounds.slice(from, to).map(toWords),
      area: sounds.slice(to, at).flatMap(toWords),
    };
  });
}

/** The words of a sound key, each with what is left of it without its ending: «βόλος», «βόλου» and «βόλο» are one. */
function toWords(sound: string): Word[] {
  return sound.split(" ").map((word) => ({ word, stem: word.replace(/(..)[aeiou][sn]?$/, "$1") }));
}

/** All municipalities that may be meant, the nearest first; equally near ones stay in the order of the list. */
export function findMunicipalities<One>(prepared: Prepared<One>[], typed: string): One[] {
  const whole = searchKey(typed.slice(0, MAX_TYPED_LENGTH));
  if (!whole) return [];
  const key = whole.replace(TITLE, "").trim();
  if (!key) return prepared.map(({ one }) => one);
  for (const reading of readings(key)) {
    const found = nearest(prepared, reading);
    if (found.length) return found;
  }
  return [];
}

/** Some type the Latin letter that looks like the Greek one: "kalumnos", "xanthh", "sparth". */
function readings(key: string): string[] {
  const drawn = key.replace(/(^|[^oae])u/g, "$1i");
  return [key, drawn.replace(/th/g, "8").replace(/h/g, "i"), drawn.replace(/h/g, "i")];
}

function nearest<One>(prepared: Prepared<One>[], key: string): One[] {
  const sound = soundKey(key);
  const words = toWords(sound);
  const ranked = prepared.map((entry) => ({ one: entry.one, rank: rank(entry, key, sound, words) }));
  // Who types the name of a town does not ask for its whole region.
  const isNamed = ranked.some((match) => match.rank < INSIDE || match.rank === THERE);
  return ranked
    .filter((match) => match.rank < NONE && !(isNamed && match.rank === AREA))
    .sort((a, b) => a.rank - b.rank)
    .map((match) => match.one);
}

function rank({ names, sounds, spoken, area }: Prepared<unknown>, key: string, sound: string, typed: Word[]): number {
  const whole = Math.min(likeness(names, key), likeness(sounds, sound) + BY_SOUND);
  if (whole < ENDING) return whole;
  if (spoken.some((name) => isAll(name, typed))) return ENDING;
  if (whole < WORDS) return whole;
  return looseRank(spoken.flat(), area, typed);
}

function looseRank(words: Word[], area: Word[], typed: Word[]): number {
  const notNamed = (fits: Fits) => typed.filter((one) => !words.some((of) => fits(one, of)));
  const isThere = (others: Word[], fits: Fits) => others.every((one) => area.some((of) => fits(one, of)));
  const others = notNamed(isSame);
  if (!others.length) return WORDS;
  // «Πύργος Ηλείας»: a name, and where it is.
  if (isThere(others, isSame)) return others.length < typed.length ? THERE : AREA;
  const rest = notNamed(begins);
  return rest.length < typed.length && isThere(rest, begins) ? BEGINNINGS : NONE;
}

/** Whether it is one of the names, the start of one, or the start of a word inside of one. */
function likeness(names: string[], key: string): number {
  if (names.includes(key)) return NAME;
  if (names.some((name) => name.startsWith(key))) return START;
  return names.some((name) => name.includes(` ${key}`)) ? INSIDE : NONE;
}

/** «Τρικάλων» is «Τρίκαλα», «Ν. Ιωνία» is «Νέα Ιωνία». */
function isAll(name: Word[], typed: Word[]): boolean {
  return (
    name.length === typed.length &&
    name.every((of, at) => {
      const one = typed[at];
      return one !== undefined && (of.word.startsWith(one.word) || isSame(one, of));
    })
  );
}

function isSame(typed: Word, of: Word): boolean {
  return typed.stem === of.stem;
}

/** Short stems begin too many words: «Άργος» is not «Αργιθέα». */
function begins(typed: Word, of: Word): boolean {
  return (
    of.word.startsWith(typed.word) || isSame(typed, of) || (typed.stem.length > 3 && of.word.startsWith(typed.stem))
  );
}
