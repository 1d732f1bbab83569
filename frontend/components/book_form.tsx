// What an official types all day: Enter in a field books nothing, so that nobody books by accident; Ctrl and Enter book
// from every field, as the form's own button does.
import type { KeyboardEvent, ReactNode } from "react";

const KEEPS_ENTER = "textarea, button, a, select, summary";

export function BookForm({ children }: { children?: ReactNode }) {
  const onKeyDown = (event: KeyboardEvent<HTMLElement>) => {
    if (event.key !== "Enter") return;
    const target = event.target as HTMLElement;
    if (event.ctrlKey || event.metaKey) {
      event.preventDefault();
      target.closest("form")?.querySelector<HTMLElement>("button[type=submit]")?.click();
    } else if (!target.matches(KEEPS_ENTER)) {
      event.preventDefault();
    }
  };
  return <div onKeyDown={onKeyDown}>{children}</div>;
}
