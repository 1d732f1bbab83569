// Escape leads back by the link or the button inside; an open menu is folded first, and what is being typed is left alone.
import { type ReactNode, useEffect, useRef } from "react";

const TYPED_INTO = "input, textarea, select, dialog";

export function WayBack({ children }: { children?: ReactNode }) {
  const ref = useRef<HTMLSpanElement>(null);

  useEffect(() => {
    const leave = (event: KeyboardEvent) => {
      if (event.key !== "Escape" || event.defaultPrevented) return;
      // A dialog that just closed has answered this key already.
      if (document.querySelector("dialog[open]") || (event.target as Element).closest?.(TYPED_INTO)) return;
      const menu = document.querySelector<HTMLDetailsElement>("main details.menu[open]");
      if (menu) {
        menu.open = false;
        menu.querySelector("summary")?.focus();
      } else {
        ref.current?.querySelector<HTMLElement>("a, button")?.click();
      }
    };
    document.addEventListener("keydown", leave);
    return () => document.removeEventListener("keydown", leave);
  }, []);

  return <span ref={ref}>{children}</span>;
}
