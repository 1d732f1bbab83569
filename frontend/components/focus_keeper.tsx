// Moves the focus where the server says: to an error summary, a question, the heading of the next step.
import { useEffect } from "react";

export function FocusKeeper({ target, version }: { target: string; version: number }) {
  useEffect(() => {
    if (!version || !target) return;
    const element = document.getElementById(target);
    if (element) element.focus();
  }, [target, version]);
  return null;
}
