// The list of the day: one tab stop with arrows, letters on the focused row, and nothing that moves under the focus.
import { type FocusEvent, type KeyboardEvent, startTransition, useEffect, useMemo, useRef, useState } from "react";
import { isComingBack } from "../components/way_to_row.ts";
import { openBeside } from "./beside.ts";
import { asTheyAre } from "./changed_rows.ts";
import { DayRowLine } from "./day_row.tsx";
import { isFound } from "./day_search.ts";
import { look, useLooked } from "./day_store.ts";
import { type Asked, OutcomeDialog } from "./outcome_dialog.tsx";
import { orderAround } from "./steady_order.ts";
import type { DayRow, OnPress, RowPress, Words } from "./types.ts";

const ASKS = new Set(["not_served", "referred"]);
// A second press of the same button is no error, but a held key is not a hundred presses.
const PRESSED_FOR_MS = 800;
// A screenful is drawn at once and the rest right after it: of a full day the beginning is seen much sooner.
const FIRST_ROWS = 30;

type Table = { current: HTMLTableElement | null };

type Props = {
  rows: DayRow[];
  // Those of them that changed since all were sent.
  changed: DayRow[];
  words: Words;
  label: string;
  now: string;
  isServiceHidden: boolean;
  ackCount: number;
  problem: string;
  isLost: boolean;
  onPress: OnPress;
  onAdmit: (reference: string) => void;
};

export function DayList(props: Props) {
  const { rows, words, label, now } = { ...props, rows: useRows(props) };
  const { text, isDoneHidden } = useLooked();
  const [focused, setFocused] = useState<DayRow | null>(null);
  const [menu, setMenu] = useState<DayRow | null>(null);
  const [asked, setAsked] = useState<Asked | null>(null);
  const table = useRef<HTMLTableElement>(null);

  const isShown = (row: DayRow) => (!isDoneHidden || row.kind !== "done") && isFound(row.search, text);
  const shown = orderAround(rows.filter(isShown), focused);
  const inTabOrder = shown.find((row) => row.reference === focused?.reference) ?? firstComing(shown);
  useKeptFocus(shown, focused, table);
  useFoldedOnPhones(now !== "");
  const isAllDrawn = useAllSoon(rows.length > 0);
  useOpenedAtNow(table, now !== "" && isAllDrawn);
  const choose = useChoosing(props, table, setMenu, setAsked);

  // Once the focus is gone, a row may go to where it belongs.
  const leave = (event: FocusEvent) => {
    if (table.current?.contains(event.relatedTarget as Node | null)) return;
    setFocused((before) => rows.find((row) => row.reference === before?.reference) ?? before);
  };

  const columns = props.isServiceHidden ? 6 : 7;
  const firstAhead = shown.findIndex((row) => !row.is_past);
  const list =
    rows.length && !shown.length ? (
      <NothingShown words={words} />
    ) : (
      <table
        role="grid"
        className="list is-cards is-day"
        id="list"
        tabIndex={-1}
        aria-label={label}
        ref={table}
        onBlur={leave}
      >
        <Heads words={words} isServiceHidden={props.isServiceHidden} />
        <tbody role="rowgroup">
          {(isAllDrawn ? shown : shown.slice(0, FIRST_ROWS)).map((row, place) => [
            now && place === firstAhead ? <NowLine key="now" now={now} columns={columns} /> : null,
            <DayRowLine
              key={row.reference}
              row={row}
              words={words}
              isInTabOrder={row === inTabOrder}
              isMenuOpen={menu?.reference === row.reference}
              changed={menu?.reference === row.reference ? changedFrom(menu, rows, words) : ""}
              isServiceHidden={props.isServiceHidden}
              onFocus={() => setFocused((before) => (before?.reference === row.reference ? before : row))}
              onChoose={(item) => choose(row, item)}
              onMenu={(isOpen) => setMenu(isOpen ? row : null)}
              onMove={(event) => moveFocus(table, event)}
              onShortcuts={() => look({ areShortcutsShown: true })}
            />,
          ])}
          {now && firstAhead < 0 ? <NowLine now={now} columns={columns} /> : null}
        </tbody>
      </table>
    );
  return (
    <>
      {list}
      <OutcomeDialog
        {...props}
        asked={asked}
        changed={changedFrom(asked?.row, rows, words)}
        onClose={() => setAsked(null)}
      />
    </>
  );
}

function useRows({ rows, changed }: Props): DayRow[] {
  return useMemo(() => asTheyAre(rows, changed), [rows, changed]);
}

// What the browser hides by itself is said as what the server left out, with the way back.
function NothingShown({ words }: { words: Words }) {
  const clear = () => {
    look({ text: "", isDoneHidden: false });
    document.getElementById("day-filter")?.focus();
  };
  return (
    <div id="list" tabIndex={-1} className="empty">
      <p role="status">{words.noneShown}</p>
      <button type="button" className="aslink" onClick={clear}>
        {words.clear}
      </button>
    </div>
  );
}

// What is open over a row says that somebody changed it meanwhile.
function changedFrom(before: DayRow | undefined, rows: DayRow[], words: Words): string {
  const row = before && rows.find((one) => one.reference === before.reference);
  return row && row.status !== before.status ? (words.changed ?? "").replace("{status}", row.tag) : "";
}

// What becomes of a press: a page of its own, a question first, or the server is asked at once.
function useChoosing(
  { isLost, onPress, onAdmit }: Pick<Props, "isLost" | "onPress" | "onAdmit">,
  table: Table,
  setMenu: (row: DayRow | null) => void,
  setAsked: (asked: Asked) => void,
) {
  const pressedAt = useRef({ what: "", at: 0 });
  return (row: DayRow, item: RowPress) => {
    setMenu(null);
    const what = `${row.reference} ${item.press} ${row.status}`;
    if (item.href) {
      if (!openBeside(item.href)) location.assign(item.href);
      return;
    }
    if (isLost || (pressedAt.current.what === what && Date.now() - pressedAt.current.at < PRESSED_FOR_MS)) return;
    focusOn(table, row.reference);
    if (ASKS.has(item.press)) {
      setAsked({ row, press: item.press });
      return;
    }
    pressedAt.current = { what, at: Date.now() };
    if (item.press === "admit") onAdmit(row.reference);
    else onPress({ reference: row.reference, press: item.press, status: row.status, reason: "", note: "" });
  };
}

function moveFocus(table: Table, event: KeyboardEvent) {
  const all = [...(table.current?.querySelectorAll<HTMLElement>("[data-reference]") ?? [])];
  const at = all.indexOf(event.currentTarget as HTMLElement);
  const places: Record<string, number> = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: all.length - 1 };
  const place = places[event.key];
  if (place === undefined) return;
  event.preventDefault();
  all[Math.max(0, Math.min(place, all.length - 1))]?.focus();
}

function firstComing(rows: DayRow[]): DayRow | undefined {
  return rows.find((row) => row.kind !== "done" && !row.is_past) ?? rows[0];
}

function focusOn(table: Table, reference: string) {
  table.current?.querySelector<HTMLElement>(`[data-reference="${CSS.escape(reference)}"]`)?.focus();
}

// A row that left the filter while it had the focus gives it to the one that stands in its place now.
function useKeptFocus(shown: DayRow[], focused: DayRow | null, table: Table) {
  const place = useRef(-1);
  useEffect(() => {
    const at = shown.findIndex((row) => row.reference === focused?.reference);
    if (at >= 0) place.current = at;
    else if (focused && place.current >= 0 && document.activeElement === document.body) {
      const next = shown[Math.min(place.current, shown.length - 1)];
      if (next) focusOn(table, next.reference);
    }
  });
}

// Whoever comes back from a meeting is led to a row, which may be any of them.
function useAllSoon(hasRows: boolean): boolean {
  const [isAll, setAll] = useState(isComingBack);
  useEffect(() => {
    if (hasRows) startTransition(() => setAll(true));
  }, [hasRows]);
  return isAll;
}

// On opening, the line of the present is brought into the upper third, and never again by itself.
function useOpenedAtNow(table: Table, hasNow: boolean) {
  const isDone = useRef(false);
  useEffect(() => {
    if (isDone.current || !hasNow) return;
    isDone.current = true;
    const line = table.current?.querySelector(".is-now");
    const top = line?.getBoundingClientRect().top ?? 0;
    if (top > window.innerHeight) window.scrollBy({ top: top - window.innerHeight / 3 });
  }, [hasNow]);
}

// A phone's first screen is for those who are still to come; of another day it shows all.
function useFoldedOnPhones(isToday: boolean) {
  useEffect(() => {
    if (matchMedia("(max-width: 40rem)").matches) look({ isDoneHidden: isToday });
  }, [isToday]);
}

function Heads({ words, isServiceHidden }: { words: Words; isServiceHidden: boolean }) {
  const names = ["time", "citizen", "service", "mode", "desk", "status", "act"];
  return (
    <thead role="rowgroup">
      <tr role="row">
        {names
          .filter((name) => name !== "service" || !isServiceHidden)
          .map((name) => (
            <th key={name} role="columnheader" scope="col" className={`c-${name}`}>
              {words[`column.${name}`]}
            </th>
          ))}
      </tr>
    </thead>
  );
}

function NowLine({ now, columns }: { now: string; columns: number }) {
  return (
    <tr role="row" className="is-now">
      <td role="gridcell" colSpan={columns}>
        <span className="now">{now}</span>
      </td>
    </tr>
  );
}
