// A page that comes without a new document is announced by nobody: the focus goes to its heading.
import { useEffect } from "react";

let isFirst = true;

export function RouteFocus() {
  useEffect(() => {
    if (isFirst) {
      isFirst = false;
      return;
    }
    const place = document.querySelector<HTMLElement>("main h1") || document.getElementById("main");
    if (!place) return;
    if (!place.hasAttribute("tabindex")) place.tabIndex = -1;
    place.focus({ preventScroll: true });
  }, []);
  return null;
}
