// The month grid: the date grid pattern of the ARIA guide. Keys move the focus here; the server is asked for other months.
import { type KeyboardEvent, useEffect, useRef, useState } from "react";
import { dayAfterKey } from "./date_steps.ts";
import { PressButton } from "./press_button.tsx";

// A place of the grid before the first of the month, or after its last, has an empty `on`.
type Day = {
  on: string;
  number: string;
  name: string;
  kind: string;
  is_free: boolean;
  is_chosen: boolean;
  is_today: boolean;
};

type Props = {
  month: { first: string; weeks: Day[][]; next: string; previous: string };
  heads: { short: string; name: string }[];
  labelledBy: string;
  ackCount: number;
  busyLabel: string;
  onMonth: (first: string) => void;
  onDay: (on: string) => void;
};

export function DateGrid({ month, heads, labelledBy, ackCount, busyLabel, onMonth, onDay }: Props) {
  const [focused, setFocused] = useState("");
  const wanted = useRef("");
  const grid = useRef<HTMLTableElement>(null);
  const days = month.weeks.flat().filter((day) => day.on);
  const inTabOrder =
    days.find((day) => day.on === focused) ||
    days.find((day) => day.is_chosen) ||
    days.find((day) => day.is_free) ||
    days[0];

  const focus = (on: string | undefined) => grid.current?.querySelector<HTMLElement>(`[data-on="${on}"]`)?.focus();

  // Another month has come by a key: the focus goes on there, on the nearest day to the one that was meant.
  useEffect(() => {
    if (!wanted.current) return;
    const number = Number(wanted.current.slice(8));
    const isHere = wanted.current.slice(0, 7) === month.first.slice(0, 7);
    focus(isHere ? wanted.current : days[Math.min(number, days.length) - 1]?.on);
    wanted.current = "";
  }, [ackCount]);

  const onKeyDown = (event: KeyboardEvent) => {
    if (event.altKey || event.ctrlKey || event.metaKey || !inTabOrder) return;
    const week = month.weeks.find((days) => days.includes(inTabOrder)) ?? [];
    const on = dayAfterKey(
      event,
      inTabOrder.on,
      week.filter((day) => day.on).map((day) => day.on),
    );
    if (!on) return;
    event.preventDefault();
    if (days.some((day) => day.on === on)) {
      focus(on);
    } else if (on > month.first ? month.next : month.previous) {
      wanted.current = on;
      onMonth(`${on.slice(0, 7)}-01`);
    }
  };

  return (
    <table role="grid" className="grid" aria-labelledby={labelledBy} ref={grid} onKeyDown={onKeyDown}>
      <thead>
        <tr>
          {heads.map((head) => (
            <th key={head.name} scope="col">
              <span aria-hidden="true">{head.short}</span>
              <span className="govgr-visually-hidden">{head.name}</span>
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {month.weeks.map((week, row) => (
          <tr key={`${month.first} ${row}`}>
            {week.map((day, column) => (
              // biome-ignore lint/a11y/useAriaPropsSupportedByRole: a cell of a grid can be selected
              <td key={column} aria-selected={day.is_free ? day.is_chosen : undefined}>
                {day.on ? (
                  <PressButton
                    data-on={day.on}
                    className={`day is-${day.kind}${day.is_chosen ? " is-chosen" : ""}${day.is_today ? " is-today" : ""}`}
                    ackCount={ackCount}
                    busyLabel={busyLabel}
                    onClick={() => onDay(day.on)}
                    onFocus={() => setFocused(day.on)}
                    tabIndex={day === inTabOrder ? 0 : -1}
                    aria-label={day.name}
                    aria-pressed={day.is_chosen}
                    aria-current={day.is_today ? "date" : undefined}
                    aria-disabled={!day.is_free}
                  >
                    {day.number}
                  </PressButton>
                ) : null}
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}
