// Around a form: keeps what is typed in this tab until it is saved, says what is not saved yet, and asks once before
// somebody leaves it behind.
import { type ReactNode, useEffect, useRef } from "react";
import { forgetTyped, keepTyped, restoreTyped, type TypedField } from "./kept_text.ts";
import { changedNames, snapshot } from "./unsaved.ts";

type Props = {
  keepAs: string;
  /** Another one with each form that the server sends. */
  version: number;
  /** How often something was saved. */
  savedCount: number;
  question: string;
  /** With a place {names}. */
  unsavedText: string;
  children?: ReactNode;
};

export function UnsavedForm({ keepAs, version, savedCount, question, unsavedText, children }: Props) {
  const ref = useRef<HTMLDivElement>(null);
  const pristine = useRef(new Map<string, string>());
  const saved = useRef(savedCount);
  const isLeaving = useRef(false);

  const say = () => {
    const names = changedNames(pristine.current, snapshot(fieldsOf(ref.current))).map((name) =>
      labelOf(ref.current, name),
    );
    const place = ref.current?.querySelector("[data-unsaved]");
    if (place) place.textContent = names.length ? unsavedText.replace("{names}", [...new Set(names)].join(", ")) : "";
  };

  useEffect(() => {
    if (saved.current !== savedCount) forgetTyped(keepAs);
    saved.current = savedCount;
    isLeaving.current = false;
    pristine.current = snapshot(fieldsOf(ref.current));
    restoreTyped(fieldsOf(ref.current), keepAs);
    say();
  }, [keepAs, version, savedCount]);

  useEffect(() => {
    const isUnsaved = () =>
      isAsking(ref.current) || changedNames(pristine.current, snapshot(fieldsOf(ref.current))).length > 0;
    const unload = (event: BeforeUnloadEvent) => {
      if (isUnsaved() && !isLeaving.current) event.preventDefault();
    };
    const follow = (event: MouseEvent) => {
      const link = event.target instanceof Element ? event.target.closest("a[href]") : null;
      const isElsewhere = link instanceof HTMLAnchorElement && !link.getAttribute("href")?.startsWith("#");
      if (!isElsewhere || link.target === "_blank" || event.ctrlKey || event.metaKey || event.shiftKey) return;
      if (!isUnsaved()) return;
      if (window.confirm(question)) {
        isLeaving.current = true;
        forgetTyped(keepAs);
      } else {
        event.preventDefault();
        event.stopPropagation();
      }
    };
    window.addEventListener("beforeunload", unload);
    document.addEventListener("click", follow, true);
    return () => {
      window.removeEventListener("beforeunload", unload);
      document.removeEventListener("click", follow, true);
    };
  }, [keepAs, question]);

  const typed = () => {
    // A question about what was typed: that stays kept as it is.
    if (isAsking(ref.current)) return;
    keepTyped(fieldsOf(ref.current), keepAs);
    say();
  };
  return (
    <div ref={ref} onInput={typed} onChange={typed}>
      {children}
    </div>
  );
}

function fieldsOf(root: HTMLElement | null): TypedField[] {
  const named = root?.querySelectorAll<HTMLInputElement>("input[name], textarea[name], select[name]");
  return named ? [...named] : [];
}

function isAsking(root: HTMLElement | null): boolean {
  return Boolean(root?.querySelector("[data-conflict]"));
}

function labelOf(root: HTMLElement | null, name: string): string {
  const field = root?.querySelector<HTMLInputElement>(`[name="${CSS.escape(name)}"]`);
  return field?.labels?.[0]?.querySelector("[data-name]")?.textContent || field?.labels?.[0]?.textContent || name;
}
