// The filter of the day, which the browser applies to what is shown already.

// As the server folds it: without accents and case.
export function fold(text: string): string {
  return text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase().replace(/ς/g, "σ").replace(/\s+/g, " ").trim();
}

// Every word of what was typed begins somewhere in what a row is looked up by.
export function isFound(search: string, typed: string): boolean {
  const folded = fold(search);
  return fold(typed)
    .split(" ")
    .every((word) => folded.includes(word));
}
