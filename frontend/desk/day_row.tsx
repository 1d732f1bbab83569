// One line of the list. Its presses are out of the tab order: the list is one stop, and keys lead into a row.
import { type KeyboardEvent, useRef } from "react";
import { belongsToOtherPress } from "../components/press_run.ts";
import { useOpened } from "./beside.ts";
import { Icon } from "./icons.tsx";
import { Menu } from "./menu.tsx";
import { Help, Remarks, ServedFor } from "./person.tsx";
import type { DayRow, RowPress, Words } from "./types.ts";

type Props = {
  row: DayRow;
  words: Words;
  isInTabOrder: boolean;
  isMenuOpen: boolean;
  changed: string;
  isServiceHidden: boolean;
  onFocus: () => void;
  onChoose: (item: RowPress) => void;
  onMenu: (isOpen: boolean) => void;
  onMove: (event: KeyboardEvent) => void;
  onShortcuts: () => void;
};

// All that a key can stand for on this row.
function byKey(row: DayRow, code: string): RowPress | undefined {
  const all = [row.main, row.second, ...row.menu].filter((item) => item !== null);
  return all.find((item) => item.key === code);
}

export function DayRowLine(props: Props) {
  const { row, words, isInTabOrder, isMenuOpen, onFocus, onChoose, onMenu, onMove, onShortcuts } = props;
  const isBeside = useOpened()?.reference === row.reference;
  const line = useRef<HTMLTableRowElement>(null);
  const more = useRef<HTMLButtonElement>(null);

  const onKeyDown = (event: KeyboardEvent) => {
    if (event.altKey || event.ctrlKey || event.metaKey) return;
    if (event.target !== line.current) {
      if (event.key === "Escape" || event.key === "ArrowLeft") {
        // This key has been answered: it closes nothing beside the list.
        event.preventDefault();
        line.current?.focus();
      }
      return;
    }
    if (event.key === "Enter" && row.href) {
      line.current?.querySelector<HTMLElement>("[data-open]")?.click();
    } else if (event.key === "ArrowRight") {
      event.preventDefault();
      if (row.menu.length) onMenu(true);
    } else if (event.key === "?") {
      onShortcuts();
    } else {
      const item = event.repeat ? undefined : byKey(row, event.code);
      if (item) {
        event.preventDefault();
        onChoose(item);
      } else {
        onMove(event);
      }
    }
  };

  return (
    <tr
      role="row"
      ref={line}
      tabIndex={isInTabOrder ? 0 : -1}
      className={`is-${row.kind}`}
      data-reference={row.reference}
      aria-current={isBeside || undefined}
      onFocus={onFocus}
      onKeyDown={onKeyDown}
    >
      <td role="gridcell" className="c-time">
        {row.time}
      </td>
      <Citizen row={row} />
      {props.isServiceHidden ? null : (
        <td role="gridcell" className="c-service">
          {row.service}
        </td>
      )}
      <td role="gridcell" className="c-mode">
        <Icon name={row.mode_icon} />
        {row.mode}
        <span className="list__where"> · {row.desk}</span>
      </td>
      <td role="gridcell" className="c-desk">
        {row.desk}
      </td>
      <td role="gridcell" className="c-status">
        <span className={`tag ${row.tag_class}`}>{row.tag}</span>
        {row.by ? (
          <span className="list__sub" lang="el">
            {" "}
            {row.by}
          </span>
        ) : null}
      </td>
      <td role="gridcell" className="c-act">
        <RowPressButton item={row.main} spoken={row.spoken} className="press is-main" onChoose={onChoose} />
        <RowPressButton item={row.second} spoken={row.spoken} className="press" onChoose={onChoose} />
        {row.menu.length ? (
          <Menu
            label={words.actions ?? ""}
            name={row.spoken}
            items={row.main ? [row.main, ...row.menu] : row.menu}
            isOpen={isMenuOpen}
            changed={props.changed}
            button={more}
            onOpen={onMenu}
            onChoose={onChoose}
            onLeave={() => line.current?.focus()}
          />
        ) : null}
      </td>
    </tr>
  );
}

function Citizen({ row }: { row: DayRow }) {
  return (
    <th role="rowheader" scope="row" className="c-citizen">
      <span className="list__name" lang={row.kind === "held" ? undefined : "el"}>
        {row.href ? (
          <a href={row.href} data-open="" tabIndex={-1}>
            {row.name}
          </a>
        ) : (
          row.name
        )}
      </span>{" "}
      <Remarks marks={row.marks} warning={row.warning} />
      <Help text={row.help} />
      {row.subject ? (
        <span className="list__sub is-line" lang="el">
          {row.subject}
        </span>
      ) : null}
      <ServedFor row={row} className="list__sub is-line" />
      {row.phone ? (
        <a className="list__phone" href={`tel:${row.phone}`} tabIndex={-1}>
          {row.phone_shown}
        </a>
      ) : null}
      {row.notes ? (
        <span className="list__sub">
          {" "}
          <Icon name="note" /> {row.notes}
        </span>
      ) : null}
    </th>
  );
}

type PressProps = {
  item: RowPress | null;
  spoken: string;
  className: string;
  onChoose: (item: RowPress) => void;
};

function RowPressButton({ item, spoken, className, onChoose }: PressProps) {
  if (!item) return null;
  const inside = (
    <>
      {item.label}{" "}
      <span className="govgr-visually-hidden" lang="el">
        {spoken}
      </span>
    </>
  );
  if (item.href)
    return (
      <a className={`${className} is-quiet`} href={item.href} tabIndex={-1}>
        {inside}
      </a>
    );
  return (
    <button
      type="button"
      className={className}
      tabIndex={-1}
      onClick={(event) => {
        if (!belongsToOtherPress(event, event.currentTarget.textContent)) onChoose(item);
      }}
    >
      {inside}
    </button>
  );
}
