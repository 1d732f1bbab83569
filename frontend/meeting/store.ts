// A value that can be watched: what the modules tell React, which knows nothing else of them.
export type Store<Value extends object> = {
  get: () => Value;
  set: (change: Partial<Value>) => void;
  subscribe: (subscriber: (value: Value) => void) => () => void;
};

export function createStore<Value extends object>(initial: Value): Store<Value> {
  let value = initial;
  const subscribers = new Set<(value: Value) => void>();
  return {
    get: () => value,
    set(change) {
      const keys = Object.keys(change) as (keyof Value)[];
      if (keys.every((key) => Object.is(value[key], change[key]))) return;
      value = { ...value, ...change };
      for (const subscriber of [...subscribers]) subscriber(value);
    },
    subscribe(subscriber) {
      subscribers.add(subscriber);
      return () => subscribers.delete(subscriber);
    },
  };
}
