import assert from 'node:assert/strict';
import type { CommandId } from '../../../../src/ui/ids.ts';
import type {
  ButtonId,
  InputOptions,
  InputResult,
  PickItem,
  PickManyOptions,
  PickOptions,
  PickResult,
  Prompts,
  SearchOptions,
  Severity,
} from '../../../../src/ui/shell/prompts.ts';
import { type Disposable, toDisposable } from '../../../../src/util/lifecycle.ts';

/** What the user was shown, in order. */
export type Shown =
  | { kind: 'toast'; level: Severity; text: string; buttons: readonly string[] }
  | { kind: 'explain'; title: string; detail: string; buttons: readonly string[]; closing?: number }
  | { kind: 'note'; text: string }
  | { kind: 'input'; options: InputOptions }
  /** What is wrong with what was typed. */
  | { kind: 'problem'; text: string }
  | { kind: 'pick'; many: boolean; labels: readonly string[]; items: readonly PickItem<unknown>[]; options: PickOptions };

/** What the user does with the next prompt. */
export type Act =
  | { press: string }
  | { type: string }
  | { typeThenEscape: string }
  | { pick: readonly string[] }
  /** Ticks these, and goes away. */
  | { tick: readonly string[] }
  | 'escape'
  | { button: ButtonId }
  /** Looks through all that is found. */
  | { search: string; take?: string }
  /** Before it goes on, something else happens. */
  | { meanwhile: () => void; then: Act };

/** A person who does what a script says, and nothing once it has ended. */
export class FakePrompts implements Prompts {
  readonly shown: Shown[] = [];
  readonly #script: Act[];

  constructor(...script: Act[]) {
    this.#script = script;
  }

  get texts(): string[] {
    return this.shown.map((shown) => ('text' in shown ? shown.text : shown.kind === 'explain' ? shown.title : shown.options.title));
  }

  /** Adds to the script. */
  will(...acts: Act[]): void {
    this.#script.push(...acts);
  }

  async toast(level: Severity, text: string, buttons: readonly string[] = []): Promise<number | undefined> {
    this.shown.push({ kind: 'toast', level, text, buttons });
    return buttons.length === 0 ? undefined : this.#press(buttons);
  }

  async confirm(title: string, detail: string, buttons: readonly string[], closing?: number): Promise<number | undefined> {
    this.shown.push({ kind: 'explain', title, detail, buttons, ...(closing !== undefined && { closing }) });
    return buttons.length === 0 ? undefined : this.#press(buttons);
  }

  showStatus(text: string): void {
    this.shown.push({ kind: 'note', text });
  }

  /** What is offered in the status bar now. */
  readonly offered: { text: string; tooltip: string; command: CommandId }[] = [];

  offer(text: string, tooltip: string, command: CommandId): Disposable {
    const one = { text, tooltip, command };
    this.offered.push(one);
    return {
      dispose: () => {
        const index = this.offered.indexOf(one);
        if (index !== -1) this.offered.splice(index, 1);
      },
    };
  }

  /** How many hold the prompt on the screen now, and how often one did. */
  held = 0;
  holds = 0;

  hold(): Disposable {
    this.held += 1;
    this.holds += 1;
    return toDisposable(() => (this.held -= 1));
  }

  async input(options: InputOptions): Promise<InputResult> {
    this.shown.push({ kind: 'input', options });
    const act = this.#next();
    if (options.signal?.aborted === true)
      return { kind: 'aborted', value: typeof act === 'object' && 'type' in act ? act.type : options.value };
    if (typeof act === 'object' && 'button' in act) return { ...pressed(act.button, options), value: options.value };
    if (typeof act === 'object' && 'type' in act) {
      const problem = act.type.trim() === '' ? options.required : await options.check?.(act.type);
      if (problem === undefined) return { kind: 'accepted', value: act.type };
      this.shown.push({ kind: 'problem', text: problem });
      return this.input({ ...options, value: act.type });
    }
    if (typeof act === 'object' && 'typeThenEscape' in act) {
      options.typed?.(act.typeThenEscape);
      return { kind: 'dismissed', value: act.typeThenEscape };
    }
    return { kind: 'dismissed', value: options.value };
  }

  async pickOne<T>(items: readonly PickItem<T>[], options: PickOptions): Promise<PickResult<T>> {
    const result = this.#pick(items, options, false);
    if (result.kind !== 'picked') return result;
    const [value] = result.value;
    assert.ok(value !== undefined, 'one thing is picked');
    return { kind: 'picked', value };
  }

  async search<T>(options: SearchOptions<T>): Promise<PickResult<T>> {
    const act = this.#next();
    const query = typeof act === 'object' && 'search' in act ? act.search : '';
    const items: PickItem<T>[] = [];
    let after: string | undefined;
    do {
      const part = await options.find(query, after, () => true);
      items.push(...part.items);
      after = part.next;
    } while (after !== undefined);
    this.shown.push({ kind: 'pick', many: false, labels: items.map((item) => item.label), items, options });
    if (typeof act !== 'object' || !('search' in act) || act.take === undefined) return { kind: 'dismissed' };
    return { kind: 'picked', value: find(items, act.take).value };
  }

  async pickMany<T>(items: readonly PickItem<T>[], options: PickManyOptions<T>): Promise<PickResult<readonly T[]>> {
    const [act] = this.#script;
    if (typeof act === 'object' && 'tick' in act) options.ticked?.(act.tick.map((label) => find(items, label).value));
    return this.#pick(items, options, true);
  }

  #pick<T>(items: readonly PickItem<T>[], options: PickOptions, many: boolean): PickResult<readonly T[]> {
    this.shown.push({ kind: 'pick', many, labels: items.map((item) => item.label), items, options });
    const act = this.#next();
    if (options.signal?.aborted === true) return { kind: 'aborted' };
    if (typeof act === 'object' && 'button' in act) return pressed(act.button, options);
    if (typeof act !== 'object' || !('pick' in act)) return { kind: 'dismissed' };
    return { kind: 'picked', value: act.pick.map((label) => find(items, label).value) };
  }

  #press(buttons: readonly string[]): number | undefined {
    const act = this.#next();
    if (typeof act !== 'object' || !('press' in act)) return undefined;
    const index = buttons.indexOf(act.press);
    assert.notEqual(index, -1, `there is a button “${act.press}” among ${buttons.join(', ')}`);
    return index;
  }

  #next(): Act {
    const act = this.#script.shift() ?? 'escape';
    if (typeof act !== 'object' || !('meanwhile' in act)) return act;
    act.meanwhile();
    return act.then;
  }
}

function pressed(id: ButtonId, { buttons = [] }: { buttons?: InputOptions['buttons'] | undefined }): { kind: 'button'; id: ButtonId } {
  assert.ok(
    buttons.some((button) => button.id === id),
    `there is a button to ${id}`,
  );
  return { kind: 'button', id };
}

function find<T>(items: readonly PickItem<T>[], label: string): PickItem<T> {
  const item = items.find((candidate) => candidate.label === label);
  assert.ok(item, `there is “${label}” among ${items.map((candidate) => candidate.label).join(', ')}`);
  return item;
}
