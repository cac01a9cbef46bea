import type { Disposable } from '../../util/lifecycle.ts';

/** What connecting agents shows in the editor, besides prompts. */
export interface ConnectEditor {
  /** The editor takes MCP servers from extensions. */
  readonly hasMcp: boolean;
  /** The person trusts the folders of this window. */
  isTrusted(): boolean;
  /** The path of a folder on this machine, by its URI; `undefined` if it is somewhere else. */
  pathOf(uri: string): string | undefined;
  /** Opens the editor's view of each difference, the first one in front. The keyboard stays where it is. Disposed, they are closed. */
  showDiffs(diffs: readonly Diff[]): Promise<OpenDiffs>;
  /** Opens a read-only page, or brings it to the front. */
  openPage(title: string, text: string): Promise<OpenPage>;
  openFile(path: string): Promise<void>;
  copy(text: string): Promise<void>;
  /** Runs what takes a while; the person sees what `say` says, and can end it, which aborts the signal. */
  progress(title: string, run: (say: (text: string) => void, signal: AbortSignal) => Promise<void>): Promise<void>;
}

/** A text before and after; an empty one stands for no file. */
export interface Diff {
  title: string;
  /** The name of the file, which tells the editor its language. */
  name: string;
  before: string;
  after: string;
}

export interface OpenDiffs extends Disposable {
  /** Brings one of them to the front. */
  show(index: number): Promise<void>;
}

export interface OpenPage {
  update(text: string): void;
}
