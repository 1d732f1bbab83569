// The browser's own dialog: it traps the focus, Escape leaves it, and the focus goes back to where it came from.
import { type ReactNode, useEffect, useRef } from "react";

type Props = { isOpen: boolean; title: string; titleId: string; onClose: () => void; children?: ReactNode };

export function Dialog({ isOpen, title, titleId, onClose, children }: Props) {
  const dialog = useRef<HTMLDialogElement>(null);
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    const element = dialog.current;
    if (!element || element.open === isOpen) return;
    if (isOpen) {
      element.showModal();
      heading.current?.focus();
    } else {
      element.close();
    }
  }, [isOpen]);
  return (
    <dialog className="dialog" ref={dialog} aria-labelledby={titleId} onClose={onClose}>
      <h2 id={titleId} tabIndex={-1} ref={heading}>
        {title}
      </h2>
      {isOpen ? children : null}
    </dialog>
  );
}
