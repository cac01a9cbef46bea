import type { Board } from '../../client/board.ts';
import type { HubApi } from '../../client/hubApi.ts';
import type { Pages } from '../panel/api.ts';
import type { Prompts } from '../shell/prompts.ts';
import type { L10n } from '../text/l10n.ts';

/** What the log of decisions works with. */
export interface DecisionsDeps {
  board: { readonly board: Board };
  api: HubApi;
  prompts: Prompts;
  pages: Pages;
  workspaceIds(): readonly string[];
  copy(text: string): Promise<void>;
  /** The text of a file of JSON Lines that the person picks; `undefined` if they pick none. */
  readFile(): Promise<string | undefined>;
  /** Writes a file where the person wants it; `false` if they want it nowhere. */
  saveFile(name: string, text: string): Promise<boolean>;
  /** Says how far a piece of work has come, until it ends; the signal fires when the person stops it. */
  progress(title: string, run: (say: (message: string) => void, signal: AbortSignal) => Promise<void>): Promise<void>;
  /** Milliseconds since 1970. */
  now(): number;
  /** An RFC 3339 time as the person reads it. */
  formatTime(time: string): string;
  l10n: L10n;
}

/** The log of what was asked and decided. */
export interface Decisions {
  show(): Promise<void>;
  exportAll(): Promise<void>;
  importFile(): Promise<void>;
}
