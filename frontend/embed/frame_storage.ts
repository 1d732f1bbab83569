/** A store that lasts as long as the document. */
export class MemoryStorage implements Storage {
  readonly #values = new Map<string, string>();

  get length(): number {
    return this.#values.size;
  }

  key(index: number): string | null {
    return [...this.#values.keys()][index] ?? null;
  }

  getItem(key: string): string | null {
    return this.#values.get(String(key)) ?? null;
  }

  setItem(key: string, value: string): void {
    this.#values.set(String(key), String(value));
  }

  removeItem(key: string): void {
    this.#values.delete(String(key));
  }

  clear(): void {
    this.#values.clear();
  }
}

/**
 * Put a memory store in the place of each storage that the browser denies.
 *
 * Browsers that block third-party cookies let the mere reading of `localStorage` throw in a frame of another site, and
 * the pages' framework reads it unguarded.
 */
export function guardStorage(target: object): void {
  for (const name of ["localStorage", "sessionStorage"]) {
    try {
      void (Reflect.get(target, name) as Storage).length;
    } catch {
      Object.defineProperty(target, name, { value: new MemoryStorage(), configurable: true });
    }
  }
}
