import type * as vscode from 'vscode';
import type { FakeController } from './comments.ts';
import type { FakePanel } from './panel.ts';
import type { FakeInputBox, FakeQuickPick } from './quickInputs.ts';
import type { FakeTreeView } from './treeView.ts';
import { EventEmitter } from './values.ts';

/** A toast, or a dialog if `modal`; `press` is what the user does with it. */
export interface FakeToast {
  level: 'info' | 'warning' | 'error';
  text: string;
  modal: boolean;
  detail: string | undefined;
  buttons: readonly string[];
  press(button: string | undefined): void;
}

type Command = (...args: unknown[]) => unknown;

/** What the user has before them, and the state of the editor that a test may change. */
class FakeEditor {
  toasts: FakeToast[] = [];
  quickPicks: FakeQuickPick<vscode.QuickPickItem>[] = [];
  inputBoxes: FakeInputBox[] = [];
  views: FakeTreeView<unknown>[] = [];
  panels: FakePanel[] = [];
  /** The text editor that is active. */
  textEditor: vscode.TextEditor | undefined;
  controllers: FakeController[] = [];
  statusItems: vscode.StatusBarItem[] = [];
  /** What was said in the status bar in passing. */
  notes: string[] = [];
  commands = new Map<string, Command>();
  executed: { command: string; args: unknown[] }[] = [];
  uriHandlers: vscode.UriHandler[] = [];
  mcpProviders: vscode.McpServerDefinitionProvider<vscode.McpStdioServerDefinition>[] = [];
  /** What was opened in an editor, and at which line, counted from 0. */
  opened: { uri: string; line: number | undefined }[] = [];
  /** Folders that are open, and what can be read of documents, by its address. */
  folders: string[] = [];
  files = new Map<string, string>();
  /** The addresses of those that are open. */
  documents: string[] = [];
  /** What Git says has changed in files since the last commit, by its address; without it, there is no Git. */
  changes: Map<string, string> | undefined;
  focused = true;
  /** Forks of VS Code lack parts of it. */
  hasMcp = true;
  readonly changedText = new EventEmitter<vscode.TextDocumentChangeEvent>();
  readonly openedText = new EventEmitter<vscode.TextDocument>();
  readonly changedFolders = new EventEmitter<vscode.WorkspaceFoldersChangeEvent>();
  readonly changedWindow = new EventEmitter<vscode.WindowState>();
  readonly changedTextEditor = new EventEmitter<vscode.TextEditor | undefined>();

  /** The newest prompt of this kind. */
  get quickPick(): FakeQuickPick<vscode.QuickPickItem> {
    return last(this.quickPicks, 'quick pick');
  }

  get inputBox(): FakeInputBox {
    return last(this.inputBoxes, 'input box');
  }

  get toast(): FakeToast {
    return last(this.toasts, 'toast');
  }

  get view(): FakeTreeView<unknown> {
    return last(this.views, 'view');
  }

  get panel(): FakePanel {
    return last(this.panels, 'panel');
  }

  get controller(): FakeController {
    return last(this.controllers, 'comment controller');
  }
}

function last<T>(items: readonly T[], what: string): T {
  const item = items.at(-1);
  if (item === undefined) throw new Error(`there is no ${what}`);
  return item;
}

/** The editor that `vscode` of the fake stands for. */
export const editor = new FakeEditor();

/** Puts everything back. What a test before had registered is not heard any more. */
export function resetEditor(): void {
  const { changedText, openedText, changedFolders, changedWindow, changedTextEditor } = editor;
  const emitters = { changedText, openedText, changedFolders, changedWindow, changedTextEditor };
  for (const emitter of Object.values(emitters)) emitter.dispose();
  Object.assign(editor, new FakeEditor(), emitters);
}
