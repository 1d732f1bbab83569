// What is typed into a form and not sent yet, kept for this tab: a lost session must not lose it.

export type TypedField = { name: string; type: string; value: string; checked?: boolean };
type Kept = Record<string, string | boolean>;

const PREFIX = "typed:";

export function keepTyped(fields: TypedField[], name: string): void {
  const kept: Kept = {};
  for (const field of fields) kept[keyOf(field)] = isTicked(field) ? Boolean(field.checked) : field.value;
  try {
    sessionStorage.setItem(PREFIX + name, JSON.stringify(kept));
  } catch {
    // A browser that keeps nothing loses nothing that it had.
  }
}

export function restoreTyped(fields: TypedField[], name: string): void {
  const kept = read(name);
  for (const field of fields) {
    const value = kept[keyOf(field)];
    if (isTicked(field) && typeof value === "boolean") field.checked = value;
    else if (!isTicked(field) && typeof value === "string") field.value = value;
  }
}

export function forgetTyped(name: string): void {
  try {
    sessionStorage.removeItem(PREFIX + name);
  } catch {
    // Nothing was kept.
  }
}

function read(name: string): Kept {
  try {
    const kept: unknown = JSON.parse(sessionStorage.getItem(PREFIX + name) || "{}");
    return kept && typeof kept === "object" ? (kept as Kept) : {};
  } catch {
    return {};
  }
}

function isTicked(field: TypedField): boolean {
  return field.type === "checkbox" || field.type === "radio";
}

// Radio buttons share a name.
function keyOf(field: TypedField): string {
  return field.type === "radio" ? `${field.name}=${field.value}` : field.name;
}
