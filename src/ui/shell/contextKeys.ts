import type { ContextKey, ContextValues } from '../ids.ts';

/** Sets the context keys of the `when` clauses, each only when its value changes. */
export class ContextKeyHolder {
  readonly #values: Partial<ContextValues> = {};
  readonly #setContext: (key: ContextKey, value: string | boolean) => void;

  constructor(setContext: (key: ContextKey, value: string | boolean) => void) {
    this.#setContext = setContext;
  }

  set<K extends ContextKey>(key: K, value: ContextValues[K]): void {
    if (this.#values[key] === value) return;
    this.#values[key] = value;
    this.#setContext(key, value);
  }
}
