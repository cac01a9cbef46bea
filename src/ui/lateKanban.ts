import * as vscode from 'vscode';
import type { Disposable } from '../util/lifecycle.ts';
import { DisposableStore } from '../util/lifecycle.ts';
import { kanbanType } from './ids.ts';
import { type Kanban, type KanbanDeps, loadKanban } from './loadKanban.ts';

/** The Kanban board, loaded when the person opens it, or when the editor brings it back after a reload. */
export function createLateKanban(deps: KanbanDeps): Disposable & { open(): Promise<void> } {
  const store = new DisposableStore();
  let loading: Promise<Kanban> | undefined;
  const load = (): Promise<Kanban> => (loading ??= loadKanban(deps).then((kanban) => store.add(kanban)));
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
