import type { Disposable } from './lifecycle.ts';
import { toDisposable } from './lifecycle.ts';

/** How to listen: the listener is called after the fact, until the returned handle is disposed. */
export type Listen<T> = (listener: (value: T) => void) => Disposable;

/**
 * Tells its listeners what happened, in order, also when a listener causes the next event.
 * A listener that throws is reported to `onError`; the others still hear.
 */
export class Emitter<T> implements Disposable {
  readonly #listeners = new Set<(value: T) => void>();
  readonly #queue: T[] = [];
  readonly #onError: (error: unknown) => void;
  #firing = false;

  constructor(onError: (error: unknown) => void) {
    this.#onError = onError;
  }

  readonly event: Listen<T> = (listener) => {
    // A fresh function, so that the same listener added twice is called twice and removed once.
    const own = (value: T): void => listener(value);
    this.#listeners.add(own);
    return toDisposable(() => this.#listeners.delete(own));
  };

  fire(value: T): void {
    this.#queue.push(value);
    if (this.#firing) return;
    this.#firing = true;
    try {
      while (this.#queue.length > 0) this.#tell(this.#queue.shift() as T);
    } finally {
      this.#firing = false;
    }
  }

  #tell(value: T): void {
    const listeners = [...this.#listeners];
    for (const listener of listeners) {
      if (!this.#listeners.has(listener)) continue;
      try {
        listener(value);
      } catch (error) {
        this.#onError(error);
      }
    }
  }

  dispose(): void {
    this.#listeners.clear();
    this.#queue.length = 0;
  }
}
