import * as vscode from 'vscode';
import { type Disposable, DisposableStore } from '../../util/lifecycle.ts';
import type { UserActivity } from './api.ts';

/** Watches what the user does in this window until disposed. */
export function watchUserActivity(): UserActivity & Disposable {
  const store = new DisposableStore();
  const acted = store.add(new vscode.EventEmitter<Parameters<Parameters<UserActivity['onDidAct']>[0]>[0]>());
  const { window, workspace, debug } = vscode;
  const isDebugging = (): boolean => debug.activeDebugSession !== undefined;
  // Only the keyboard counts as typing. Text changes do not, because agents change open files.
  const keyboard = vscode.TextEditorSelectionChangeKind.Keyboard;
  store.add(window.onDidChangeTextEditorSelection(({ kind }) => kind === keyboard && acted.fire({ kind: 'typed' })));
  store.add(
    workspace.onWillSaveTextDocument(({ reason }) => reason === vscode.TextDocumentSaveReason.Manual && acted.fire({ kind: 'saved' })),
  );
  store.add(debug.onDidChangeActiveDebugSession(() => acted.fire({ kind: 'debugging', on: isDebugging() })));
  store.add(window.onDidChangeWindowState(({ focused }) => acted.fire({ kind: 'focus', on: focused })));
  return {
    get focused() {
      return window.state.focused;
    },
    get debugging() {
      return isDebugging();
    },
    onDidAct: (listener) => acted.event(listener),
    dispose: () => store.dispose(),
  };
}
