import * as vscode from 'vscode';
import type { BoardStore } from '../../client/boardStore.ts';
import type { HubApi } from '../../client/hubApi.ts';
import type { HubAddress } from '../../client/linkState.ts';
import type { Workspace } from '../../protocol/model.ts';
import type { Clock } from '../../util/clock.ts';
import type { Listen } from '../../util/emitter.ts';
import { describeError } from '../../util/errors.ts';
import { type Disposable, DisposableStore } from '../../util/lifecycle.ts';
import type { Logger } from '../../util/log.ts';
import type { SettingsSource } from '../settings.ts';
import type { L10n } from '../text/l10n.ts';
import { ContextKeys } from './contextKeys.ts';
import { createReporter } from './errors.ts';
import { formatTime } from './formatTime.ts';
import { keepInEditor } from './keepInEditor.ts';
import type { Memory } from './memory.ts';
import { type PageKeyboard, pageKeyboard } from './pageKeyboard.ts';
import type { Prompts } from './prompts.ts';
import { vscodePrompts } from './vscodePrompts.ts';

/** What the extension hands to its UI. */
export interface UiDeps {
  board: BoardStore;
  api: HubApi;
  log: Logger;
  settings: SettingsSource;
  showLog(): void;
  restartHub(): Promise<void>;
  /** Who listens on a port of this machine, as far as that can be seen. */
  portHolder(port: number): Promise<{ program: string; pid: number } | undefined>;
  /** Makes the hub use another port. */
  useAnotherPort(): Promise<void>;
  /** Starts the practice agent in this workspace. */
  startPractice(workspaceId: string): void;
  address(): Promise<HubAddress>;
  /** The workspaces of this window's folders, the default first; empty until the hub has reported them. */
  workspaces(): readonly Workspace[];
  /** The workspaces have changed, or the hub has reported them again. */
  onDidChangeWorkspaces: Listen<void>;
  clock: Clock;
  randomId(): string;
  /** Runs a program without a shell. Rejects if it fails. */
  runCommand(argv: readonly string[]): Promise<void>;
  /** The editor's storage: of the open folder, and of all folders. */
  memory: { workspace: Memory; global: Memory };
  extensionVersion: string;
  /** The folder with the bundles: pages, and scripts that agents start. */
  dist: string;
  /** Updates the installed scripts. @returns whether agents were connected */
  keepScripts(): boolean;
  /** AgentRQ's home folder. */
  home(): string;
}

/** What every feature of the UI works with. */
export interface UiContext extends UiDeps {
  prompts: Prompts;
  l10n: L10n;
  workspaceIds(): readonly string[];
  /** Formats an RFC 3339 time for display. */
  formatTime(time: string): string;
  /** Copies a text to the clipboard. */
  copy(text: string): Promise<void>;
  /** Shows a failure to the user. */
  report(error: unknown): void;
  keys: ContextKeys;
  /** For pages, to say that they have the keyboard. */
  keyboard: PageKeyboard;
  /** Called once a tab was opened to which the keyboard goes: it stays there, although a page may take it a moment later. */
  keepInEditor(): void;
  /** Disposes `item` with the UI. */
  own<T extends Disposable>(item: T): T;
}

/** @returns the context, and what disposes everything that features have handed to `own` */
export function createUiContext(deps: UiDeps): { context: UiContext; store: Disposable } {
  const { l10n } = vscode;
  const { log } = deps;
  const store = new DisposableStore();
  const context: UiContext = {
    ...deps,
    prompts: vscodePrompts,
    l10n,
    workspaceIds: () => deps.workspaces().map(({ id }) => id),
    formatTime,
    copy: async (text) => vscode.env.clipboard.writeText(text),
    report: createReporter({ prompts: vscodePrompts, log: log.child('ui'), showLog: () => deps.showLog(), l10n }),
    keys: new ContextKeys((key, value) => void setContext(key, value, log)),
    keyboard: pageKeyboard,
    keepInEditor: () => keepInEditor({ keyboard: pageKeyboard, clock: deps.clock }),
    own: (item) => store.add(item),
  };
  return { context, store };
}

async function setContext(key: string, value: string | boolean, log: Logger): Promise<void> {
  try {
    await vscode.commands.executeCommand('setContext', key, value);
  } catch (error) {
    log.warn(`a context key could not be set: ${describeError(error)}`);
  }
}
