import * as vscode from 'vscode';
import { lazy } from '../../util/lazy.ts';
import { commandIds, pageScheme, panelType } from '../ids.ts';
import type { RequestPages } from '../needsYou/api.ts';
import type { UiContext } from '../shell/context.ts';
import type { Pages, PanelDeps, TaskPages } from './api.ts';
import { attachToTask, openTask, openTaskAsText } from './commands.ts';

/** Registers the pages of tasks, loaded when the first one is opened or restored. */
export function registerPanel(
  context: UiContext,
  { answered, requests }: Pick<PanelDeps, 'answered'> & { /** The pages of single requests. */ requests(): RequestPages },
) {
  const changed = context.own(new vscode.EventEmitter<vscode.Uri>());
  let loaded: TaskPages | undefined;
  const load = lazy(async () => {
    const { createTaskPages } = await import('./panel.ts');
    loaded = context.own(createTaskPages({ ...context, log: context.log.child('panel'), answered, changed: (uri) => changed.fire(uri) }));
    return loaded;
  });

  context.own(
    vscode.workspace.registerTextDocumentContentProvider(pageScheme, {
      onDidChange: changed.event,
      provideTextDocumentContent: async (uri) => (await load()).textOf(uri),
    }),
  );
  context.own(
    vscode.window.registerWebviewPanelSerializer(panelType, {
      deserializeWebviewPanel: async (panel, state) => (await load()).restore(panel, state),
    }),
  );
  const pages: Pages = {
    openTask: async (task) => (await load()).openTask(task),
    attach: async (task) => (await load()).attach(task),
    openAsText: async (task) => (await load()).openAsText(task),
    async openRequest(request) {
      const task = context.board.board.tasks.get(request.taskId ?? '');
      if (task === undefined) await requests().open(request);
      else await (await load()).openTask(task, request.id);
    },
    review: (request) => requests().review(request),
    inFront: () => loaded?.inFront() ?? requests().inFront(),
    readingTask: () => loaded?.readingTask(),
  };
  const deps = { ...context, pages };
  const commands = {
    [commandIds.openTask]: openTask(deps),
    [commandIds.openTaskAsText]: openTaskAsText(deps),
    [commandIds.attachToTask]: attachToTask(deps),
  };
  return { pages, commands, loadOpeners: async () => (await load()).openers };
}
