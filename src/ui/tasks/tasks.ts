import * as vscode from 'vscode';
import { taskMime, viewIds } from '../ids.ts';
import { taskTitle } from '../text/displayNames.ts';
import type { Tasks, TasksDeps } from './api.ts';
import { createArchive } from './archive.ts';
import { catchUp } from './catchUp.ts';
import { createTaskChanges } from './changeTasks.ts';
import { chosenTasks } from './chosenTasks.ts';
import { createUndoOffer } from './offerUndo.ts';
import { createTaskActions } from './taskActions.ts';
import { createTaskFiles } from './taskFiles.ts';
import { createTaskList } from './taskList.ts';
import { isFiltered } from './taskView.ts';
import { createUndoStack } from './undoStack.ts';
import { createViewActions } from './viewActions.ts';

const undoable = 50;

/** The content of the *Tasks* view, and its actions. */
export function createTasks(deps: TasksDeps): Tasks {
  const { board, api, prompts, clock, memory, l10n } = deps;
  const archive = createArchive({ board, api, changed: () => reportView(), report: (error) => deps.report(error) });
  const list = createTaskList({ board, memory, archive, changed: () => reportView(), l10n });
  const undo = createUndoStack(undoable);
  const offerUndo = createUndoOffer({ prompts, clock, l10n });
  const changes = createTaskChanges({ api, undo, offerUndo, l10n });
  const files = createTaskFiles({
    board,
    change: (task, { title, body }) => {
      const to = { ...(title !== task.title && { title }), ...(body !== task.body && { body }) };
      const named = `“${taskTitle(task, l10n)}”`;
      const words = { did: l10n.t('{0} changed.', named), undid: l10n.t('Undid the change of {0}.', named) };
      return Object.keys(to).length === 0 ? Promise.resolve() : changes.apply(words, [{ task, to }]);
    },
    l10n,
  });
  const { drop, place, ...actions } = createTaskActions({
    board,
    api,
    prompts,
    list,
    changes,
    undo,
    async edit(task) {
      await files.open(task);
      deps.keepInEditor();
    },
    clock,
    selected: () => deps.selected(),
    l10n,
  });

  function reportView(): void {
    deps.changed({ filtered: isFiltered(list.view) });
  }
  list.open().catch((error: unknown) => deps.report(error));
  reportView();

  return {
    rows: () => list.rows(),
    message: () => list.message(),
    async tooltipOf({ target }) {
      const task = list.board().tasks.get(target?.taskId ?? '');
      if (task === undefined) return undefined;
      const thread = await api.call('getTask', { workspaceId: task.workspaceId, taskId: task.id });
      const text = new vscode.MarkdownString();
      for (const part of catchUp(list.board(), thread, clock.now(), l10n)) {
        text.appendMarkdown('**').appendText(part.heading).appendMarkdown('**\n\n');
        // Appended as one text, each line would become a paragraph.
        for (const line of part.text.split('\n')) text.appendText(line).appendMarkdown(line === '' ? '\n' : '  \n');
        text.appendMarkdown('\n');
      }
      return text;
    },
    drag(rows, data) {
      data.set(taskMime, new vscode.DataTransferItem(chosenTasks(list.board(), undefined, rows).map(({ id }) => id)));
    },
    async drop(row, data) {
      const ids: unknown = data.get(taskMime)?.value;
      if (!Array.isArray(ids)) return;
      const tasks = ids.flatMap((id) => list.board().tasks.get(String(id)) ?? []);
      await drop(tasks, row?.row.target ?? {});
    },
    place,
    actions: {
      ...actions,
      ...createViewActions({
        list,
        prompts,
        show: async () => void (await vscode.commands.executeCommand(`${viewIds.tasks}.focus`)),
        l10n,
      }),
    },
    undoable(done) {
      const offer = offerUndo(done.words);
      undo.push({
        words: done.words,
        undo() {
          offer.dispose();
          return done.undo();
        },
      });
    },
    dispose() {
      archive.dispose();
      files.dispose();
    },
  };
}
