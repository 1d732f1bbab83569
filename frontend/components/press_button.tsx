// A button that shows at once that it was pressed, and cannot be pressed again until the server has answered.
import { type ButtonHTMLAttributes, type MouseEvent, useEffect, useRef, useState } from "react";
import { belongsToOtherPress } from "./press_run.ts";

// A press whose answer never comes (connection lost) must not lock the page for good.
const GIVE_UP_MS = 20000;

type Props = Omit<ButtonHTMLAttributes<HTMLButtonElement>, "aria-disabled"> & {
  ackCount: number;
  busyLabel?: string;
  "aria-disabled"?: boolean;
};

// The browser itself says what is missing, sends nothing, and so nothing will answer.
const isRefused = (form: HTMLFormElement | null) => form && !form.noValidate && !form.checkValidity();

// `aria-disabled` keeps a button in the reach of the keyboard that `disabled` would take out of it.
export function PressButton({
  ackCount,
  onClick,
  children,
  className,
  busyLabel,
  type,
  "aria-disabled": isOff,
  ...rest
}: Props) {
  const [isPressed, setPressed] = useState(false);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);

  const letGo = () => {
    clearTimeout(timer.current);
    setPressed(false);
  };
  useEffect(letGo, [ackCount]);
  useEffect(() => () => clearTimeout(timer.current), []);

  const press = (event: MouseEvent<HTMLButtonElement>) => {
    const isLeftOver = belongsToOtherPress(event, event.currentTarget.textContent);
    if (isLeftOver || isPressed || isOff) {
      event.preventDefault();
      return;
    }
    if (type === "submit" && isRefused(event.currentTarget.form)) return;
    setPressed(true);
    timer.current = setTimeout(letGo, GIVE_UP_MS);
    if (onClick) onClick(event);
  };

  return (
    <button
      {...rest}
      type={type || "button"}
      className={isPressed ? `${className || ""} is-pressed` : className}
      aria-busy={isPressed || undefined}
      aria-disabled={isPressed || isOff || undefined}
      onClick={press}
    >
      {children}
      {isPressed && busyLabel ? (
        <span className="govgr-visually-hidden" role="status">
          {busyLabel}
        </span>
      ) : null}
    </button>
  );
}
