// For pages that show more days than one: they hear of all of them, and read seldom.
import { useMemo, useRef } from "react";
import { DayListener } from "./day_listener.tsx";
import { seldom } from "./seldom.ts";

type Props = { query: string; leastMs: number; onChange: () => void };

export function AllDaysListener({ query, leastMs, onChange }: Props) {
  const change = useRef(onChange);
  change.current = onChange;
  const read = useMemo(() => seldom(() => change.current(), leastMs), [leastMs]);
  return <DayListener query={query} onChange={read} />;
}
