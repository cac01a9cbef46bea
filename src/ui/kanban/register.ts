import * as vscode from 'vscode';
import { lazy } from '../../util/lazy.ts';
import { commandIds, kanbanType } from '../ids.ts';
import type { UiContext } from '../shell/context.ts';
import type { Tasks } from '../tasks/api.ts';

/** Registers the Kanban board, loaded when the user opens it or the editor restores it. */
export function registerKanban(context: UiContext, { tasks }: { tasks: () => Promise<Tasks> }) {
  const load = lazy(async () =>
    context.own(
      (await import('./kanban.ts')).createKanban({
        ...context,
        log: context.log.child('kanban'),
        tasks,
        openTask: (taskId) => void vscode.commands.executeCommand(commandIds.openTask, { taskId }),
        answer: (taskId) => void vscode.commands.executeCommand(commandIds.answerRequest, { taskId }),
      }),
    ),
  );
  context.own(
    vscode.window.registerWebviewPanelSerializer(kanbanType, {
      deserializeWebviewPanel: async (panel) => (await load()).restore(panel),
    }),
  );
  return { commands: { [commandIds.openKanban]: async () => (await load()).open() } };
}
