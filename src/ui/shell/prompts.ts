import type { Disposable } from '../../util/lifecycle.ts';
import type { CommandId } from '../ids.ts';

/** The severity of a toast. */
export type Severity = 'info' | 'warning' | 'error';

/** User prompts: toasts, picks, inputs. None takes the focus unless the user just invoked it. */
export interface Prompts {
  /** Shows a toast. Resolves with the index of the pressed button, or `undefined` if it was closed. */
  toast(level: Severity, text: string, buttons?: readonly string[]): Promise<number | undefined>;
  /**
   * Shows a modal dialog. Resolves with the index of the pressed button, or `undefined`. Only after a command of the user.
   * @param closing the index of the button that Escape presses, in place of the editor's *Cancel*: where there is nothing to cancel
   */
  confirm(title: string, detail: string, buttons: readonly string[], closing?: number): Promise<number | undefined>;
  /** Shows a message in the status bar for a few seconds. */
  showStatus(text: string): void;
  /** Shows a command in the status bar until disposed. */
  offer(text: string, tooltip: string, command: CommandId): Disposable;
  /**
   * For a series of prompts: until the handle is disposed an answered prompt stays visible and ignores input until the next one replaces
   * it. If the user presses Escape in between, the next ones are dismissed at once.
   */
  hold(): Disposable;
  input(options: InputOptions): Promise<InputResult>;
  /** Lets the user pick one item or press a button. */
  pickOne<T>(items: readonly PickItem<T>[], options: PickOptions): Promise<PickResult<T>>;
  /** Lets the user search and pick one item. `find` gets what is typed; the editor does not filter. Fails like `find`. */
  search<T>(options: SearchOptions<T>): Promise<PickResult<T>>;
  /** Lets the user pick any number of items. */
  pickMany<T>(items: readonly PickItem<T>[], options: PickManyOptions<T>): Promise<PickResult<readonly T[]>>;
}

/** Options of all prompts. */
export interface PromptOptions {
  title: string;
  /** Buttons in the title. Each closes the prompt. */
  buttons?: readonly PromptButton[];
  /** Closes the prompt. */
  signal?: AbortSignal;
  /**
   * Protects decisions from keys that were meant for something else. `opening`: nothing is active at first, and nothing is accepted in the
   * first moments. `typing`: nor right after typing.
   */
  guard?: 'opening' | 'typing';
}

export interface InputOptions extends PromptOptions {
  prompt: string;
  placeholder?: string;
  /** The initial value. */
  value: string;
  /** The message if the value is empty; without it an empty value is accepted. */
  required?: string;
  /** Validates the value before it is accepted; returns the problem, if any. */
  check?(value: string): Promise<string | undefined>;
  /** Called for each change of the value. */
  typed?(value: string): void;
  step?: { at: number; of: number };
}

/** `value` is the value of the box, also if it was not accepted, so that nothing typed is lost. */
export type InputResult = { value: string } & (NotPicked | { kind: 'accepted' });

export interface PickItem<T> {
  label: string;
  description?: string;
  detail?: string;
  /** The name of a codicon. */
  icon?: string;
  /** A letter or digit that picks it while nothing else is typed. Shown beside its label. */
  key?: string;
  /** Whether it is ticked initially, where several can be picked. */
  ticked?: boolean;
  value: T;
}

export interface PickOptions extends PromptOptions {
  placeholder: string;
  /** Lines below the items that can't be picked. Only `pickOne` shows them. */
  lines?: readonly string[];
}

export interface PickManyOptions<T> extends PickOptions {
  /** Called for each change of the ticked items. */
  ticked?(values: readonly T[]): void;
}

export interface SearchOptions<T> extends PickOptions {
  /** The label of the item that loads more. */
  more: string;
  /** The label if nothing is found. */
  nothing: string;
  /**
   * Searches for `query`, or returns all if it is empty. `after` is the `next` of the previous page. Once `isWanted` returns false the
   * result is not used.
   */
  find(query: string, after: string | undefined, isWanted: () => boolean): Promise<{ items: readonly PickItem<T>[]; next?: string }>;
}

/** The ids of prompt buttons. */
export type ButtonId = 'back' | 'skip' | 'open' | 'place' | 'keep' | 'note' | 'copy';

/** A button in the title of a prompt. `back` has the editor's own icon and key. */
export interface PromptButton {
  id: ButtonId;
  icon: string;
  tooltip: string;
}

/** `gone`: it was closed by its signal. */
export type NotPicked = { kind: 'dismissed' } | { kind: 'button'; id: ButtonId } | { kind: 'aborted' };

export type PickResult<T> = { kind: 'picked'; value: T } | NotPicked;
