// Ownership: who makes a thing also ends it, last in, first out.

/** A thing that holds something until it is told to let go. Calling it again does nothing. */
export interface Disposable {
  dispose(): void;
}

/** Makes a `Disposable` of a function, which runs at most once. */
export function toDisposable(fn: () => void): Disposable {
  let disposed = false;
  return {
    dispose() {
      if (disposed) return;
      disposed = true;
      fn();
    },
  };
}

/** Disposes what was added, last in, first out; one that throws doesn't keep the rest from being disposed. */
export class DisposableStore implements Disposable {
  readonly #items: Disposable[] = [];
  #disposed = false;

  get disposed(): boolean {
    return this.#disposed;
  }

  /** Adds `item` and returns it; a store that is already disposed disposes it at once. */
  add<T extends Disposable>(item: T): T {
    if (this.#disposed) item.dispose();
    else this.#items.push(item);
    return item;
  }

  dispose(): void {
    if (this.#disposed) return;
    this.#disposed = true;
    const failures: unknown[] = [];
    for (const item of this.#items.toReversed()) {
      try {
        item.dispose();
      } catch (error) {
        failures.push(error);
      }
    }
    this.#items.length = 0;
    if (failures.length > 0) throw new AggregateError(failures, 'something could not be disposed');
  }
}

/** Things that take time to close: last in, first out, each when the one before has closed. One that fails keeps none from being closed. */
export class ClosingStack {
  readonly #closes: (() => unknown)[] = [];
  readonly #onError: (error: unknown) => void;
  #closing: Promise<void> | undefined;

  constructor(onError: (error: unknown) => void) {
    this.#onError = onError;
  }

  /** What is to happen when the stack is closed. */
  add(close: () => unknown): void {
    this.#closes.push(close);
  }

  close(): Promise<void> {
    this.#closing ??= this.#run();
    return this.#closing;
  }

  async #run(): Promise<void> {
    for (let close = this.#closes.pop(); close !== undefined; close = this.#closes.pop()) {
      try {
        await close();
      } catch (error) {
        this.#onError(error);
      }
    }
  }
}
