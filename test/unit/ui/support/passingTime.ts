import { mock } from 'node:test';
import { setImmediate as turn } from 'node:timers/promises';

/** Time of `performance` and `setTimeout` that passes a little at a time, and in each of these steps lets happen what is due, and what follows from it. */
export class PassingTime {
  now = 1_000;
  readonly #stepMs: number;
  #due: { at: number; happen: () => void }[] = [];

  constructor(stepMs: number) {
    this.#stepMs = stepMs;
  }

  /** From then on the time is this one, until `mock` is reset. */
  mock(): void {
    mock.method(performance, 'now', () => this.now);
    mock.timers.enable({ apis: ['setTimeout'] });
  }

  /** Begins anew: nothing is due. */
  reset(): void {
    [this.now, this.#due] = [1_000, []];
  }

  at(ms: number, happen: () => void): void {
    this.#due.push({ at: this.now + ms, happen });
  }

  async pass(ms: number): Promise<void> {
    const end = this.now + ms;
    await turn();
    while (this.now < end) {
      const step = Math.min(this.#stepMs, end - this.now);
      this.now += step;
      mock.timers.tick(step);
      const ready = this.#due.filter(({ at }) => at <= this.now);
      this.#due = this.#due.filter(({ at }) => at > this.now);
      for (const { happen } of ready) happen();
      await turn();
    }
  }
}
