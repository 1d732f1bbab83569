// A value that can be watched: what the modules tell React, which knows nothing else of them.
export function createStore(initial) {
  let value = initial;
  const watchers = new Set();
  return {
    get: () => value,
    set(change) {
      if (Object.keys(change).every((key) => Object.is(value[key], change[key]))) return;
      value = { ...value, ...change };
      for (const watcher of [...watchers]) watcher(value);
    },
    watch(watcher) {
      watchers.add(watcher);
      return () => watchers.delete(watcher);
    },
  };
}
