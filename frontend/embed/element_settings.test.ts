import { describe, expect, test } from "vitest";
import { bookingAddress, contrastWithWhite, frameAddress, languageOf, readSettings } from "./element_settings.ts";

const SITE = "https://book.example.gr";

const settingsOf = (attributes: Record<string, string>, nearest = "") =>
  readSettings((name) => attributes[name] ?? null, nearest);

test("what is not said is as usual", () => {
  expect(settingsOf({ municipality: "kavala" })).toEqual({
    municipality: "kavala",
    service: "",
    mode: "",
    language: "el",
    accent: "",
    display: "inline",
    label: "Κλείστε ραντεβού",
    minHeight: 480,
    topOffset: 0,
    isLazy: true,
    count: 3,
    remarks: [],
  });
});

test.each(["", "K", "a".repeat(81), "kavala/../x", "Kavala", "<script>"])(
  "no municipality is called %s",
  (municipality) => {
    const { municipality: read, remarks } = settingsOf({ municipality });
    expect([read, remarks.length]).toEqual(["", 1]);
  },
);

test("what is wrong is left out, and the webmaster learns of it", () => {
  const settings = settingsOf({ municipality: "kavala", service: "Δημοτολόγιο", mode: "fax", accent: "red" });
  expect([settings.service, settings.mode, settings.accent]).toEqual(["", "", ""]);
  expect(settings.remarks).toHaveLength(3);
});

test("a colour that cannot be read on white is left out, with its ratio", () => {
  const { accent, remarks } = settingsOf({ municipality: "kavala", accent: "#FFCC00" });
  expect(accent).toBe("");
  expect(remarks).toEqual(['accent="#FFCC00" has a contrast of 1.51 with white, not 4.5']);
  expect(settingsOf({ municipality: "kavala", accent: "#7A1F2B" }).accent).toBe("#7a1f2b");
});

test("contrast is that of the guidelines", () => {
  expect(contrastWithWhite("#000000")).toBeCloseTo(21);
  expect(contrastWithWhite("#ffffff")).toBeCloseTo(1);
  expect(contrastWithWhite("#767676")).toBeCloseTo(4.54, 2);
});

test.each([
  [{ "min-height": "20" }, "minHeight", 200],
  [{ "min-height": "9000px" }, "minHeight", 2000],
  [{ "min-height": "tall" }, "minHeight", 480],
  [{ "top-offset": "-1" }, "topOffset", 0],
  [{ "top-offset": "900" }, "topOffset", 400],
  [{ count: "9" }, "count", 5],
  [{ display: "popup" }, "display", "inline"],
  [{ loading: "now" }, "isLazy", true],
  [{ loading: "eager" }, "isLazy", false],
  [{ label: "χ".repeat(90) }, "label", "χ".repeat(80)],
] as const)("%o is kept within its bounds", (attributes, field, value) => {
  expect(settingsOf({ municipality: "kavala", ...attributes })[field]).toBe(value);
});

test.each([
  ["en", "en"],
  ["en-GB", "en"],
  ["EN", "en"],
  ["el-GR", "el"],
  ["english", "el"],
  ["de", "el"],
  ["", "el"],
])("a page in %s is shown in %s", (lang, language) => {
  expect(languageOf(lang)).toBe(language);
});

test("its own language counts before that of the page around it", () => {
  expect(settingsOf({ municipality: "kavala", lang: "en" }, "el").language).toBe("en");
  expect(settingsOf({ municipality: "kavala" }, "en-US").language).toBe("en");
});

describe("addresses", () => {
  const some = settingsOf({ municipality: "kavala", service: "dimotologio", mode: "video" });

  test("of the frame and of the site, in both languages", () => {
    expect(frameAddress(SITE, some)).toBe(`${SITE}/embed/services?m=kavala&service=dimotologio&mode=video`);
    expect(bookingAddress(SITE, some)).toBe(`${SITE}/m/kavala?service=dimotologio&mode=video`);
    expect(bookingAddress(SITE, settingsOf({ municipality: "kavala", lang: "en" }))).toBe(`${SITE}/en/m/kavala`);
  });

  test("without a municipality the link leads to all of them", () => {
    expect(bookingAddress(SITE, settingsOf({}))).toBe(`${SITE}/municipalities`);
  });
});
