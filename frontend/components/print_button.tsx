// Prints the page as it stands; what does not belong on paper is left out by its stylesheet.
import type { ReactNode } from "react";

export function PrintButton({ className, children }: { className?: string; children?: ReactNode }) {
  return (
    <button type="button" className={className} onClick={() => window.print()}>
      {children}
    </button>
  );
}
