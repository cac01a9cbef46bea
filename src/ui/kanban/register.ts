import * as vscode from 'vscode';
import { lazy } from '../../util/lazy.ts';
import type { Disposable } from '../../util/lifecycle.ts';
import { DisposableStore } from '../../util/lifecycle.ts';
import { kanbanType } from '../ids.ts';
import { type KanbanDeps, loadKanban } from './api.ts';

/** The Kanban board, loaded when the person opens it, or when the editor brings it back after a reload. */
export function createLateKanban(deps: KanbanDeps): Disposable & { open(): Promise<void> } {
  const store = new DisposableStore();
  const load = lazy(async () => store.add(await loadKanban(deps)));
  store.add(
    vscode.window.registerWebviewPanelSerializer(kanbanType, {
      deserializeWebviewPanel: async (panel) => (await load()).restore(panel),
    }),
  );
  return {
    open: async () => (await load()).open(),
    dispose: () => store.dispose(),
  };
}
