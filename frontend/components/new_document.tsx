// An address that the server answers with a page of its own, reached by the router: it is asked for as a new document.
import { useEffect } from "react";

export function NewDocument() {
  useEffect(() => {
    // Of a document that came for this very address, another one would be no better.
    const [came] = performance.getEntriesByType("navigation");
    if (came?.name !== location.href) location.replace(location.href);
  }, []);
  return null;
}
