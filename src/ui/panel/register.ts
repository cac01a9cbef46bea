import * as vscode from 'vscode';
import { lazy } from '../../util/lazy.ts';
import type { Disposable } from '../../util/lifecycle.ts';
import { DisposableStore } from '../../util/lifecycle.ts';
import { pageScheme, panelType } from '../ids.ts';
import { loadPanel, type PanelDeps, type TaskPages } from './api.ts';
import type { Pages } from './pages.ts';

/** The pages, loaded when the first of them is opened, or brought back by the editor. */
export function createLatePages(deps: Omit<PanelDeps, 'changed'>): Pages & Disposable {
  const store = new DisposableStore();
  const changed = store.add(new vscode.EventEmitter<vscode.Uri>());
  let loaded: TaskPages | undefined;
  const load = lazy(async () => (loaded = store.add(await loadPanel({ ...deps, changed: (uri) => changed.fire(uri) }))));

  store.add(
    vscode.workspace.registerTextDocumentContentProvider(pageScheme, {
      onDidChange: changed.event,
      provideTextDocumentContent: async (uri) => (await load()).textOf(uri),
    }),
  );
  store.add(
    vscode.window.registerWebviewPanelSerializer(panelType, {
      deserializeWebviewPanel: async (panel, state) => (await load()).restore(panel, state),
    }),
  );
  return {
    openTask: async (task) => (await load()).openTask(task),
    attach: async (task) => (await load()).attach(task),
    openAsText: async (task) => (await load()).openAsText(task),
    openRequest: async (request) => (await load()).openRequest(request),
    review: async (request) => (await load()).review(request),
    inFront: () => loaded?.inFront(),
    readingTask: () => loaded?.readingTask(),
    dispose: () => store.dispose(),
  };
}
