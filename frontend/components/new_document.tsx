// An address that the server answers with a page of its own, reached by the router: it is asked for as a new document.
import { useEffect } from "react";

export function NewDocument() {
  useEffect(() => {
    location.replace(location.href);
  }, []);
  return null;
}
