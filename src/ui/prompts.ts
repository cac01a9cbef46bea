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
  input(options: InputOptions): Promise<InputResult>;
  /** Lets one be picked, or a button be pressed. */
  pickOne<T>(items: readonly PickItem<T>[], options: PickOptions): Promise<PickResult<T>>;
  /** Lets any number be picked. */
  pickMany<T>(items: readonly PickItem<T>[], options: PickOptions): Promise<PickResult<readonly T[]>>;
}

export interface InputOptions {
  title: string;
  prompt: string;
  placeholder?: string;
  /** What stands in the box at first. */
  value: string;
  /** The least that is accepted; without it the empty text is accepted too. */
  required?: string;
  /** Says what is wrong with what is about to be accepted, if anything is; the box stays until nothing is. */
  check?(value: string): Promise<string | undefined>;
  step?: { at: number; of: number };
  /** A button that leaves the box, with its tooltip. */
  button?: PromptButton;
}

/** `value` is what stood in the box; `dismissed` with it, so that nothing typed is lost. */
export type InputResult = { kind: 'accepted'; value: string } | { kind: 'dismissed'; value: string } | { kind: 'button'; value: string };

export interface PickItem<T> {
  label: string;
  description?: string;
  detail?: string;
  /** The name of a codicon. */
  icon?: string;
  value: T;
}

export interface PickOptions {
  title: string;
  placeholder: string;
  button?: PromptButton;
}

/** A button in the title of a prompt. */
export interface PromptButton {
  icon: string;
  tooltip: string;
}

export type PickResult<T> = { kind: 'picked'; value: T } | { kind: 'dismissed' } | { kind: 'button' };
