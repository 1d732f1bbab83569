// The rows of a day as they are now: those that were sent as a whole, and in their places those that changed since.
export function asTheyAre<Row extends { reference: string }>(rows: Row[], changed: Row[]): Row[] {
  if (!changed.length) return rows;
  const now = new Map(changed.map((row) => [row.reference, row]));
  return rows.map((row) => now.get(row.reference) ?? row);
}
