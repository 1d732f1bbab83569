// Runs something at once, and then at most once in so many milliseconds: what comes meanwhile is one more time.
type Clock = { now: () => number; wait: (run: () => void, ms: number) => unknown };

const BROWSER: Clock = { now: () => performance.now(), wait: (run, ms) => setTimeout(run, ms) };

export function seldom(run: () => void, leastMs: number, clock: Clock = BROWSER): () => void {
  let last = Number.NEGATIVE_INFINITY;
  let isWaiting = false;
  const runNow = () => {
    isWaiting = false;
    last = clock.now();
    run();
  };
  return () => {
    if (isWaiting) return;
    const left = last + leastMs - clock.now();
    if (left <= 0) {
      runNow();
      return;
    }
    isWaiting = true;
    clock.wait(runNow, left);
  };
}
