// The board: a table whose rows are five minutes and whose columns are desks. Arrows lead from booking to booking.
import { type CSSProperties, type KeyboardEvent, useRef } from "react";
import { isFound } from "./day_search.ts";
import { useLooked } from "./day_store.ts";
import { Icon } from "./icons.tsx";
import type { Words } from "./types.ts";

// With more columns a block has no room for name and status beside each other, and under each other only if it is tall.
const ROOMY_COLUMNS = 4;
const TALL_ROWS = 4;

type Block = {
  reference: string;
  time: string;
  name: string;
  status: string;
  tag_class: string;
  mode: string;
  mode_icon: string;
  kind: string;
  label: string;
  href: string;
  top: number;
  height: number;
  is_off: boolean;
  search: string;
};
type Part = { first: number; rows: number; kind: string; label: string; blocks: Block[] };
type Column = { id: number; name: string; is_lane: boolean; parts: Part[] };
export type Board = { times: string[]; columns: Column[]; now: number; now_label: string };

export function DayBoard({ board, label, words }: { board: Board; label: string; words: Words }) {
  const table = useRef<HTMLTableElement>(null);
  const isCrowded = board.columns.length > ROOMY_COLUMNS;

  const onKeyDown = (event: KeyboardEvent) => {
    const here = document.activeElement as HTMLElement | null;
    if (!here?.dataset.column) return;
    const all = [...(table.current?.querySelectorAll<HTMLElement>("[data-column]") ?? [])];
    const found = nextBlock(all, here, event.key);
    if (!found) return;
    event.preventDefault();
    found.focus();
  };

  return (
    <div className="board-wrap" onKeyDown={onKeyDown}>
      <table className="board" id="list" tabIndex={-1} aria-label={label} ref={table}>
        <thead>
          <tr>
            <th scope="col" className="b-time">
              {words["column.time"]}
            </th>
            {board.columns.map((column) => (
              <th key={column.id} scope="col" className={column.is_lane ? "b-lane" : undefined}>
                {column.name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {board.times.map((time, row) => (
            <tr key={time} className={isHalf(time) ? "is-half" : undefined}>
              <th scope="row">
                <RowTime time={time} now={row === board.now ? board.now_label : ""} />
              </th>
              {board.columns.map((column, place) => {
                const part = column.parts.find((one) => one.first === row);
                return part ? (
                  <PartCell key={column.id} part={part} column={place} isNarrow={isCrowded || column.is_lane} />
                ) : null;
              })}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

// Up and down in a column, left and right to the block of the neighbour that is nearest in height.
function nextBlock(all: HTMLElement[], here: HTMLElement, key: string): HTMLElement | undefined {
  const column = Number(here.dataset.column);
  const row = (block: HTMLElement) => Number(block.dataset.row);
  const of = (number: number) => all.filter((block) => Number(block.dataset.column) === number);
  if (key === "ArrowDown") return of(column).find((block) => row(block) > row(here));
  if (key === "ArrowUp")
    return of(column)
      .filter((block) => row(block) < row(here))
      .at(-1);
  if (key !== "ArrowLeft" && key !== "ArrowRight") return undefined;
  const step = key === "ArrowRight" ? 1 : -1;
  const columns = [...new Set(all.map((block) => Number(block.dataset.column)))].sort((a, b) => a - b);
  const beside = columns[columns.indexOf(column) + step];
  if (beside === undefined) return undefined;
  const away = (block: HTMLElement) => Math.abs(row(block) - row(here));
  return of(beside).sort((a, b) => away(a) - away(b))[0];
}

function RowTime({ time, now }: { time: string; now: string }) {
  if (now) return <span className="board__now">{now}</span>;
  return isHalf(time) ? <b>{time}</b> : <span className="govgr-visually-hidden">{time}</span>;
}

// The others are there for who cannot see where a row is.
const isHalf = (time: string) => /:[03]0$/.test(time);

type CellProps = { part: Part; column: number; isNarrow: boolean };

function PartCell({ part, column, isNarrow }: CellProps) {
  if (part.kind !== "booked")
    return (
      <td rowSpan={part.rows} className={`is-${part.kind}`}>
        <span className={part.kind === "free" ? "govgr-visually-hidden" : "board__why"}>{part.label}</span>
      </td>
    );
  return (
    <td rowSpan={part.rows}>
      {part.blocks.map((block) => (
        <BlockLink key={block.reference} block={block} part={part} column={column} isNarrow={isNarrow} />
      ))}
    </td>
  );
}

function BlockLink({ block, part, column, isNarrow }: CellProps & { block: Block }) {
  const style: CSSProperties = {
    top: `${(100 * block.top) / part.rows}%`,
    height: `${(100 * block.height) / part.rows}%`,
  };
  const isTall = isNarrow && block.height >= TALL_ROWS;
  const { text } = useLooked();
  // What is found is marked: without the others their times would look free.
  const isMarked = text.trim() !== "" && isFound(block.search, text);
  const inside = (
    <>
      <time>{block.time}</time>
      <Icon name={block.mode_icon} />
      <b lang="el">{block.name}</b>
      {/* Where there is room for one of them, it is the name: the status stands in the block's own name. */}
      {isNarrow && !isTall ? null : (
        <span className="block__end">
          <span className={`tag ${block.tag_class}`}>{block.status}</span>
        </span>
      )}
    </>
  );
  const className = `block is-${block.kind}${block.is_off ? " is-off" : ""}${isTall ? " is-tall" : ""}${isMarked ? " is-found" : ""}`;
  if (!block.href)
    return (
      <span className={className} style={style}>
        {inside}
      </span>
    );
  return (
    <a
      className={className}
      style={style}
      href={block.href}
      aria-label={block.label}
      title={isNarrow ? block.label : undefined}
      data-column={column}
      data-row={part.first + block.top}
    >
      {inside}
    </a>
  );
}
