import { expect, test } from "vitest";
import { isFound } from "./day_search.ts";

const SEARCH = "ελενη παπαδοπουλου πιστοποιητικο eleni papadopoulou pistopoiitiko k7pm3xq9 k7pm-3xq9";

test.each(["Ελένη", "ΠΑΠΑΔΟΠΟΎΛΟΥ", "papad", "K7PM-3XQ9", "k7pm3", "ελένη πιστο", "  ", ""])(
  "what was typed is found without accents, in both alphabets and in any order: %s",
  (typed) => {
    expect(isFound(SEARCH, typed)).toBe(true);
  },
);

test.each(["Μαρία", "ελένη μαρία", "%", "_"])("what is not there is not found: %s", (typed) => {
  expect(isFound(SEARCH, typed)).toBe(false);
});
