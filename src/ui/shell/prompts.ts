import type { Disposable } from '../../util/lifecycle.ts';
import type { CommandId } from '../ids.ts';

/** How grave a toast is. */
export type Severity = 'info' | 'warning' | 'error';

/** The ways in which the person is spoken to. None of them takes the focus unless the person has asked for it just before. */
export interface Prompts {
  /** Shows a toast; the index of the button that was pressed, or `undefined` if it went away. */
  toast(level: Severity, text: string, buttons?: readonly string[]): Promise<number | undefined>;
  /** Explains something at length, and waits; the index of the button, or `undefined`. Only after a command of the person. */
  explain(title: string, detail: string, buttons: readonly string[]): Promise<number | undefined>;
  /** Says in passing that something was done, for a few seconds, where it is in nobody's way. */
  note(text: string): void;
  /** Keeps a command at hand in the status bar, until it is disposed. */
  offer(text: string, tooltip: string, command: CommandId): Disposable;
  /**
   * For prompts that follow each other: until the handle is disposed the last one stays on the screen and takes nothing until the next one
   * comes, so that what is typed meanwhile goes nowhere. If the user leaves by Escape in between, the next ones are dismissed at once.
   */
  hold(): Disposable;
  input(options: InputOptions): Promise<InputResult>;
  /** Lets one be picked, or a button be pressed. */
  pickOne<T>(items: readonly PickItem<T>[], options: PickOptions): Promise<PickResult<T>>;
  /** Lets one be searched for and picked. What is typed is searched by `find`, and nowhere else. Fails as `find` does. */
  search<T>(options: SearchOptions<T>): Promise<PickResult<T>>;
  /** Lets any number be picked. */
  pickMany<T>(items: readonly PickItem<T>[], options: PickManyOptions<T>): Promise<PickResult<readonly T[]>>;
}

/** What a prompt of any kind may have. */
export interface PromptOptions {
  title: string;
  /** Buttons in the title, each of which ends the prompt. */
  buttons?: readonly PromptButton[];
  /** Takes the prompt off the screen. */
  gone?: AbortSignal;
  /**
   * For what must not be decided by a key that was meant for something else. `opening`: nothing is chosen at first, and nothing is
   * taken in the first moments. `typing`: nor right after something was typed.
   */
  guard?: 'opening' | 'typing';
}

export interface InputOptions extends PromptOptions {
  prompt: string;
  placeholder?: string;
  /** What stands in the box at first. */
  value: string;
  /** The least that is accepted; without it the empty text is accepted too. */
  required?: string;
  /** Says what is wrong with what is about to be accepted, if anything is; the box stays until nothing is. */
  check?(value: string): Promise<string | undefined>;
  /** Hears each change of what stands in the box. */
  typed?(value: string): void;
  step?: { at: number; of: number };
}

/** `value` is what stood in the box, also if it was not accepted, so that nothing typed is lost. */
export type InputResult = { value: string } & (NotPicked | { kind: 'accepted' });

export interface PickItem<T> {
  label: string;
  description?: string;
  detail?: string;
  /** The name of a codicon. */
  icon?: string;
  /** Ticked at first, where several can be picked. */
  ticked?: boolean;
  value: T;
}

export interface PickOptions extends PromptOptions {
  placeholder: string;
}

export interface PickManyOptions<T> extends PickOptions {
  /** Hears each change of what is ticked. */
  ticked?(values: readonly T[]): void;
}

export interface SearchOptions<T> extends PickOptions {
  /** The label of the item that shows more. */
  more: string;
  /** What stands there when nothing is found. */
  nothing: string;
  /** What fits `query`, or all; `after` is the `next` of the part before. Once `isWanted` says no, nobody looks at what is found. */
  find(query: string, after: string | undefined, isWanted: () => boolean): Promise<{ items: readonly PickItem<T>[]; next?: string }>;
}

/** What the button of a prompt is for. */
export type ButtonId = 'back' | 'skip' | 'open' | 'place' | 'keep' | 'note';

/** A button in the title of a prompt. What goes back has the editor's own icon and key. */
export interface PromptButton {
  id: ButtonId;
  icon: string;
  tooltip: string;
}

/** `gone`: it was taken off the screen, by the signal that came with it. */
export type NotPicked = { kind: 'dismissed' } | { kind: 'button'; id: ButtonId } | { kind: 'gone' };

export type PickResult<T> = { kind: 'picked'; value: T } | NotPicked;
