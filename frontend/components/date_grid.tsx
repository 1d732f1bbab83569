// The month grid: the date grid pattern of the ARIA guide. Keys move the focus here; the server is asked for other months.
import { useEffect, useRef, useState } from "react";
import { PressButton } from "./press_button.tsx";

const DAYS = { ArrowLeft: -1, ArrowRight: 1, ArrowUp: -7, ArrowDown: 7 };
const MONTHS = { PageUp: -1, PageDown: 1 };

// Dates are ISO texts and are counted in UTC, where each day has 24 hours.
const toText = (date) => date.toISOString().slice(0, 10);

export function plusDays(on, days) {
  const date = new Date(on);
  date.setUTCDate(date.getUTCDate() + days);
  return toText(date);
}

// The same day of another month, or that month's last.
export function plusMonths(on, months) {
  const [year, month, day] = on.split("-").map(Number);
  const last = new Date(Date.UTC(year, month + months, 0)).getUTCDate();
  return toText(new Date(Date.UTC(year, month - 1 + months, Math.min(day, last))));
}

function goal(event, on, weeks) {
  if (event.key in MONTHS) return plusMonths(on, MONTHS[event.key] * (event.shiftKey ? 12 : 1));
  if (event.shiftKey) return "";
  if (event.key in DAYS) return plusDays(on, DAYS[event.key]);
  const week = weeks.find((days) => days.some((day) => day.on === on)).filter((day) => day.on);
  return { Home: week[0].on, End: week[week.length - 1].on }[event.key] || "";
}

export function DateGrid({ month, heads, labelledBy, answered, busyLabel, onMonth, onDay }) {
  const [focused, setFocused] = useState("");
  const wanted = useRef("");
  const grid = useRef(null);
  const days = month.weeks.flat().filter((day) => day.on);
  const inTabOrder =
    days.find((day) => day.on === focused) ||
    days.find((day) => day.is_chosen) ||
    days.find((day) => day.is_free) ||
    days[0];

  const focus = (on) => grid.current.querySelector(`[data-on="${on}"]`).focus();

  // Another month has come by a key: the focus goes on there, on the nearest day to the one that was meant.
  useEffect(() => {
    if (!wanted.current) return;
    const number = Number(wanted.current.slice(8));
    const isHere = wanted.current.slice(0, 7) === month.first.slice(0, 7);
    focus(isHere ? wanted.current : days[Math.min(number, days.length) - 1].on);
    wanted.current = "";
  }, [answered]);

  const onKeyDown = (event) => {
    if (event.altKey || event.ctrlKey || event.metaKey || !inTabOrder) return;
    const on = goal(event, inTabOrder.on, month.weeks);
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
              <td key={column} aria-selected={day.is_free ? day.is_chosen : undefined}>
                {day.on ? (
                  <PressButton
                    data-on={day.on}
                    className={`day is-${day.kind}${day.is_chosen ? " is-chosen" : ""}${day.is_today ? " is-today" : ""}`}
                    answered={answered}
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
