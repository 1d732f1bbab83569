// What all pages of the meeting are made of: titles, cards, choices, buttons.
import {
  type ButtonHTMLAttributes,
  type HTMLAttributes,
  type ReactNode,
  type Ref,
  useEffect,
  useId,
  useRef,
  useSyncExternalStore,
} from "react";
import type { Store } from "../store.ts";
import { useWords } from "./words.tsx";

export const useStore = <Value extends object>(store: Store<Value>) =>
  useSyncExternalStore(store.subscribe, store.get, store.get);

const TITLE_ID = "meeting-title";

export const focusTitle = () => document.getElementById(TITLE_ID)?.focus();

// Each phase has one; the focus goes there when the phase changes.
export function Title({ children, isHidden = false }: { children: ReactNode; isHidden?: boolean }) {
  return (
    <h1 id={TITLE_ID} tabIndex={-1} className={isHidden ? "govgr-visually-hidden" : undefined}>
      {children}
    </h1>
  );
}

// The server answers and the socket does not open: only some networks do that.
export function Blocked({ isBlocked }: { isBlocked: boolean }) {
  const t = useWords();
  return <div role="alert">{isBlocked ? <p className="notice is-problem">{t("socket.blocked")}</p> : null}</div>;
}

// For what comes and goes by itself: a focus that went with it is led back to where it was, or to the title.
function useWayBack() {
  useEffect(() => {
    const before = document.activeElement;
    return () => {
      for (const place of [before, document.getElementById(TITLE_ID)]) {
        if (document.activeElement === document.body && place instanceof HTMLElement) place.focus();
      }
    };
  }, []);
}

// Over the picture, until it is answered.
export function Card({
  as: Element = "div",
  children,
  ...rest
}: HTMLAttributes<HTMLElement> & { as?: "div" | "section" }) {
  useWayBack();
  return (
    <Element className="card2" {...rest}>
      {children}
    </Element>
  );
}

// For what opens below the edge of what scrolls.
export function useInSight(isOpen: boolean) {
  const ref = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (isOpen) ref.current?.scrollIntoView({ block: "nearest" });
  }, [isOpen]);
  return ref;
}

type ChoiceProps = {
  label: string;
  value: string;
  options: { id: string; label: string }[];
  onChange: (id: string) => void;
  disabled?: boolean;
};

export function Choice({ label, value, options, onChange, disabled = false }: ChoiceProps) {
  const id = useId();
  return (
    <div className="check__choice">
      <label className="govgr-label" htmlFor={id}>
        {label}
      </label>
      <select
        id={id}
        className="govgr-select"
        value={value}
        disabled={disabled || options.length === 0}
        onChange={(event) => onChange(event.target.value)}
      >
        {options.map((one) => (
          <option key={one.id} value={one.id}>
            {one.label}
          </option>
        ))}
      </select>
    </div>
  );
}

type ButtonProps = ButtonHTMLAttributes<HTMLButtonElement> & { kind?: string; ref?: Ref<HTMLButtonElement> };

export function Button({ children, kind = "secondary", className = "", ...rest }: ButtonProps) {
  return (
    <button type="button" className={`govgr-btn govgr-btn-${kind} ${className}`.trim()} {...rest}>
      {children}
    </button>
  );
}
