import type { Board } from '../../client/board.ts';
import type { HubApi } from '../../client/hubApi.ts';
import type { Pages } from '../panel/api.ts';
import type { Prompts } from '../shell/prompts.ts';
import type { L10n } from '../text/l10n.ts';

/** The dependencies of this feature. */
export interface DecisionsDeps {
  board: { readonly board: Board };
  api: HubApi;
  prompts: Prompts;
  pages: Pages;
  workspaceIds(): readonly string[];
  copy(text: string): Promise<void>;
  /** Lets the user pick a JSON Lines file and returns its text; `undefined` if they pick none. */
  readFile(): Promise<string | undefined>;
  /** Lets the user choose where to save a file and writes it; `false` if they cancel. */
  saveFile(name: string, text: string): Promise<boolean>;
  /** Runs `run` with a progress notification; the signal fires when the user cancels. */
  progress(title: string, run: (say: (message: string) => void, signal: AbortSignal) => Promise<void>): Promise<void>;
  /** Milliseconds since 1970. */
  now(): number;
  /** Formats an RFC 3339 time for display. */
  formatTime(time: string): string;
  l10n: L10n;
}

/** The log of requests and decisions. */
export interface Decisions {
  show(): Promise<void>;
  exportAll(): Promise<void>;
  importFile(): Promise<void>;
}
