// Who it is about: the name, what is remarked on it, and whom else it is for.
import { Icon } from "./icons.tsx";
import type { DayRow } from "./types.ts";

type Served = Pick<DayRow, "served_before" | "served" | "served_after">;

// The typed name is Greek on an English page too.
export function ServedFor({ row, className }: { row: Served; className: string }) {
  if (!row.served) return null;
  return (
    <span className={className}>
      {row.served_before}
      <span lang="el">{row.served}</span>
      {row.served_after}
    </span>
  );
}

export function Remarks({ marks, warning }: { marks: string[]; warning?: string }) {
  return (
    <>
      {marks.map((mark) => (
        <span key={mark}>
          {" "}
          <span className="remark">{mark}</span>
        </span>
      ))}
      {warning ? (
        <>
          {" "}
          <span className="remark is-warn">{warning}</span>
        </>
      ) : null}
    </>
  );
}

export function Help({ text }: { text: string }) {
  if (!text) return null;
  return (
    <>
      {" "}
      <span className="help">
        <Icon name="help" />
        <span lang="el">{text}</span>
      </span>
    </>
  );
}
