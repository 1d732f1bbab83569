// The stop that a key leads to from the stop `at` of so many; -1 when the key means nothing here.
export function stopAfterKey(key: string, at: number, count: number): number {
  if (at < 0 || count === 0) return -1;
  if (key === "ArrowDown") return Math.min(at + 1, count - 1);
  if (key === "ArrowUp") return Math.max(at - 1, 0);
  if (key === "Home") return 0;
  return key === "End" ? count - 1 : -1;
}

// The tab that a key leads to from the tab `at` of so many, round and round; -1 when the key means nothing here.
export function tabAfterKey(key: string, at: number, count: number): number {
  if (key === "ArrowRight") return (at + 1) % count;
  if (key === "ArrowLeft") return (at + count - 1) % count;
  if (key === "Home") return 0;
  return key === "End" ? count - 1 : -1;
}
