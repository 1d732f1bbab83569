// The one dialog of all pages: the focus goes in, stays in, and comes back. Esc leaves it; on a phone it is a sheet.
import { type ReactNode, useEffect, useRef } from "react";
import { forgetTyped, keepTyped, restoreTyped, type TypedField } from "./kept_text.ts";

type Props = {
  labelledBy: string;
  /** Under which what is typed is kept until it is sent, should the page go away meanwhile. */
  keepAs?: string;
  onLeave?: () => void;
  children?: ReactNode;
};

// It is there while it is open. The browser itself keeps the focus inside, and the rest of the page out of reach.
export function Modal({ labelledBy, keepAs, onLeave, children }: Props) {
  const ref = useRef<HTMLDialogElement>(null);

  useEffect(() => {
    const dialog = ref.current;
    if (!dialog) return;
    const before = document.activeElement;
    dialog.showModal();
    document.getElementById(labelledBy)?.focus();
    return () => {
      dialog.close();
      if (before instanceof HTMLElement && before.isConnected) before.focus();
    };
  }, [labelledBy]);

  useEffect(() => {
    if (keepAs) restoreTyped(fieldsOf(ref.current), keepAs);
  }, [keepAs]);

  const leave = () => {
    if (keepAs) forgetTyped(keepAs);
    if (onLeave) onLeave();
  };
  const keep = () => {
    if (keepAs) keepTyped(fieldsOf(ref.current), keepAs);
  };

  return (
    <dialog
      ref={ref}
      className="dialog"
      aria-labelledby={labelledBy}
      onInput={keep}
      onCancel={(event) => {
        // The server closes it, so that both know the same.
        event.preventDefault();
        leave();
      }}
    >
      {children}
    </dialog>
  );
}

function fieldsOf(dialog: HTMLDialogElement | null): TypedField[] {
  const named = dialog?.querySelectorAll<HTMLInputElement>("input[name], textarea[name], select[name]");
  return named ? [...named] : [];
}
