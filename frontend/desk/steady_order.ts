// Nothing moves under the pointer or the focus: while a list is held still, whoever is in it keeps the place, whoever
// comes stands at the end, and whoever goes leaves the place empty.
export type Placed<T> = { item: T; isGone: boolean };

export function steadyOrder<T>(before: Placed<T>[], now: T[], key: (item: T) => string, isHeld: boolean): Placed<T>[] {
  if (!isHeld) return now.map((item) => ({ item, isGone: false }));
  const left = new Map(now.map((item) => [key(item), item]));
  const kept = before.map(({ item }) => {
    const fresh = left.get(key(item));
    left.delete(key(item));
    return fresh === undefined ? { item, isGone: true } : { item: fresh, isGone: false };
  });
  return [...kept, ...[...left.values()].map((item) => ({ item, isGone: false }))];
}

// Of a list with one focused row only that row stays: its neighbours order themselves around its old time.
export function orderAround<T extends { reference: string; starts: number }>(
  rows: T[],
  focused: { reference: string; starts: number } | null,
): T[] {
  const row = focused && rows.find((one) => one.reference === focused.reference);
  if (!row || row.starts === focused.starts) return rows;
  const others = rows.filter((one) => one !== row);
  const place = others.findIndex((one) => one.starts > focused.starts);
  const at = place < 0 ? others.length : place;
  return [...others.slice(0, at), row, ...others.slice(at)];
}
