// What the picker finds for what people type.
import { expect, test } from "vitest";
import municipalities from "../../dimoslive/seeds/municipalities.csv?raw";
import { findMunicipalities, type Municipality, prepareSearch } from "./municipality_search.ts";
import usualSpellings from "./usual_spellings.tsv?raw";

const FIRST_FEW = 5;

type Line = Municipality & { slug: string; name_el: string; upper_el: string; name_en: string };

function readTable(text: string, separator: string): Record<string, string>[] {
  const [head = [], ...rows] = text
    .trim()
    .split(/\r?\n/)
    .map((row) => row.split(separator));
  return rows.map((row) => Object.fromEntries(head.map((name, at) => [name, row[at] ?? ""])));
}

const slugOf = (name: string) =>
  name
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, "-")
    .replace(/^-|-$/g, "");

// The ministry's list in the form and order in which the server gives it.
const lines: Line[] = readTable(municipalities, ",")
  .sort((a, b) => Number(a.code) - Number(b.code))
  .map((row) => ({
    slug: slugOf(row.short_name_en ?? ""),
    name_el: row.name_el ?? "",
    upper_el: (row.name_el ?? "").toLocaleUpperCase("el"),
    name_en: row.name_en ?? "",
    short_el: row.short_name_el ?? "",
    short_en: row.short_name_en ?? "",
    unit: row.regional_unit_el ?? "",
    unit_en: row.regional_unit_en ?? "",
    region: row.region_el ?? "",
    region_en: row.region_en ?? "",
    aliases: row.aliases ? row.aliases.split(";") : [],
  }));

const prepared = prepareSearch(lines);
const find = (typed: string) => findMunicipalities(prepared, typed).map(({ slug }) => slug);

test("the whole list is searched", () => {
  expect(lines).toHaveLength(332);
  expect(lines.find(({ slug }) => slug === "kavala")).toMatchObject({
    name_el: "Δήμος Καβάλας",
    upper_el: "ΔΗΜΟΣ ΚΑΒΑΛΑΣ",
    region_en: "Eastern Macedonia and Thrace",
  });
});

// Written down without looking at the rules.
test("97 of 100 usual spellings are among the first few", () => {
  const spellings = readTable(usualSpellings, "\t");
  expect(spellings.length).toBeGreaterThanOrEqual(300);
  const missed = spellings.filter(({ typed = "", meant = "" }) => {
    const found = find(typed).slice(0, FIRST_FEW);
    return !meant.split(" ").every((slug) => found.includes(slug));
  });
  expect(missed.length, JSON.stringify(missed)).toBeLessThanOrEqual(0.03 * spellings.length);
});

test.each([
  ["Ιωάννινα", ["ioannina"]],
  ["Αγ. Παρασκευή", ["agia-paraskevi"]],
  ["Ν.Σμύρνη", ["nea-smyrni"]],
  ["Πειραιάς", ["piraeus"]],
  ["saloniki", ["thessaloniki"]],
  ["8iva", ["thebes"]],
  ["Κεφαλονιά", ["argostoli", "lixouri", "sami"]],
  ["Ηράκλειο Κρήτης", ["heraklion"]],
  ["Νέα Ιωνία Βόλου", ["volos"]],
  ["  δήμος   Βόλου ", ["volos"]],
])("the usual name «%s» finds what it means and nothing else", (typed, meant) => {
  expect(find(typed).sort()).toEqual(meant);
});

test("an official name finds its municipality first, in every form of it", () => {
  // One name stands for two of them.
  const twice = ["Δήμος Ηρακλείου", "ΔΗΜΟΣ ΗΡΑΚΛΕΙΟΥ", "Ηρακλείου"];
  const typed = lines.flatMap((one) =>
    [one.name_el, one.upper_el, one.name_en, one.short_el].map((name) => [name, one.slug] as const),
  );
  const missed = typed.filter(([name, slug]) => find(name)[0] !== slug).map(([name]) => name);
  expect(twice).toEqual(expect.arrayContaining(missed));
  for (const name of twice) expect(find(name).slice(0, 2).sort()).toEqual(["heraklion", "irakleio-attica"]);
});

test("every alias finds its municipality among the first", () => {
  const aliases = lines.flatMap(({ aliases, slug }) => aliases.map((alias) => [alias, slug] as const));
  expect(aliases.length).toBeGreaterThan(400);
  expect(aliases.filter(([alias, slug]) => !find(alias).slice(0, 3).includes(slug))).toEqual([]);
});

test.each([
  // The whole name, before a name that only begins with it.
  ["Άργος", "argos-mykines", "argostoli"],
  ["Πόρος", "poros", "sami"],
  ["Νίκαια", "nikaia-agios-ioannis-rentis", "kileler"],
  // The beginning of a name, before one inside of it, before what only sounds alike or begins alike.
  ["Χανιά", "chania", "kassandra"],
  ["Πύλη", "pyli", "south-pelion"],
  ["Ζαγόρι", "zagori", "zagora-mouresi"],
  ["Ν. Ιωνία", "nea-ionia", "volos"],
])("a looser match of «%s» never comes before a stricter one", (typed, first, then) => {
  const [found, ...others] = find(typed);
  expect(found).toBe(first);
  expect(others).toContain(then);
});

test("a region finds the municipalities in it when none bears its name", () => {
  const crete = lines.filter(({ region_en }) => region_en === "Crete").map(({ slug }) => slug);
  expect(crete.length).toBeGreaterThan(20);
  for (const typed of ["Κρήτη", "crete"]) expect(new Set(find(typed))).toEqual(new Set(crete));
  expect(find("Καβάλα")).not.toContain("nestos");
});

test("the word for municipality says nothing", () => {
  expect(find("Δήμος")).toHaveLength(332);
  expect(find("municipality of")).toHaveLength(332);
  for (const typed of ["δήμος καβάλας", "Municipality of Kavala", "Δ. Καβάλας"]) {
    expect(find(typed)).toEqual(find("Καβάλας"));
  }
});

test.each(["", "  ", "...", "qqq", "zzzz", "12345", "μπλουμπλου", "καβαλα δραμα", "\u0301", "😀"])(
  "nonsense such as «%s» finds nothing",
  (typed) => {
    expect(find(typed)).toEqual([]);
  },
);

test.each([
  "α".repeat(10_000),
  "καβαλα ".repeat(2_000),
  "h".repeat(10_000),
  "a\u0301".repeat(10_000),
  " ".repeat(10_000),
])("what is typed counts to a length (%#)", (typed) => {
  expect(find(typed)).toEqual(find(typed.slice(0, 80)));
});

test.each(["Καβα\u0301λα", "καβαλα\u00a0", "Kαbαλα"])("letters of another form are the same letters: «%s»", (typed) => {
  expect(find(typed)).toEqual(find("ΚΑΒΆΛΑ"));
});
