// Which fields of a form are not as the server sent them. Hidden ones say nothing that a person typed.
import type { TypedField } from "./kept_text.ts";

export function snapshot(fields: TypedField[]): Map<string, string> {
  const values = new Map<string, string>();
  for (const field of fields) {
    if (field.type === "hidden") continue;
    if (field.type === "radio") {
      if (field.checked) values.set(field.name, field.value);
    } else values.set(field.name, field.type === "checkbox" ? String(Boolean(field.checked)) : field.value);
  }
  return values;
}

export function changedNames(before: Map<string, string>, now: Map<string, string>): string[] {
  return [...now.keys()].filter((name) => now.get(name) !== before.get(name));
}
