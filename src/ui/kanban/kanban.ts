import * as vscode from 'vscode';
import type { FromKanban } from '../../protocol/fromKanbanPage.ts';
import { parseFromKanban } from '../../protocol/fromKanbanPage.ts';
import type { ToKanban } from '../../protocol/toKanbanPage.ts';
import { assertNever } from '../../util/errors.ts';
import { DisposableStore } from '../../util/lifecycle.ts';
import { showPage } from '../frame/showPage.ts';
import { kanbanType } from '../ids.ts';
import { coalesce } from '../shell/coalesce.ts';
import { followBoard } from '../shell/followBoard.ts';
import { hearPage } from '../shell/hearPage.ts';
import { tellPage } from '../shell/tellPage.ts';
import type { Kanban, KanbanDeps } from './api.ts';
import { createKanbanCards } from './kanbanCards.ts';
import { kanbanStrings } from './kanbanStrings.ts';

// Events within this time are sent to the page together.
const settleMs = 16;

/** The Kanban board: one panel whose page shows the board. */
export function createKanban(deps: KanbanDeps): Kanban {
  const { board, clock, log } = deps;
  const { l10n } = vscode;
  const dist = vscode.Uri.file(deps.dist);
  const store = new DisposableStore();
  let shown: vscode.WebviewPanel | undefined;

  function fill(panel: vscode.WebviewPanel): void {
    const { webview } = panel;
    const own = store.add(new DisposableStore());
    const cards = createKanbanCards(l10n);
    let listening = false;
    shown = panel;

    const send = (message: ToKanban): void => tellPage(webview, message, log);
    const due = own.add(
      coalesce(clock, settleMs, () => {
        if (!listening) return;
        const changes = cards.changes(board.board);
        if (changes.cards.length > 0 || changes.removed.length > 0) send({ type: 'change', ...changes });
      }),
    );
    own.add(
      hearPage(webview, parseFromKanban, deps, (message) => {
        // Messages about tasks without a card are refused.
        if ('taskId' in message && !cards.has(message.taskId)) log.warn('the board spoke of a task of which it has no card');
        else if (message.type !== 'ready') handle(message).catch((error: unknown) => deps.report(error));
        else {
          listening = true;
          cards.forget();
          send({ type: 'begin', strings: kanbanStrings(l10n), language: vscode.env.language, cards: cards.changes(board.board).cards });
        }
      }),
    );
    own.add(
      panel.onDidChangeViewState(() => {
        // The editor discards a hidden page. When it is shown again it sends `ready`.
        if (!panel.visible) listening = false;
      }),
    );
    own.add(followBoard(board, () => due.request()));
    own.add(
      panel.onDidDispose(() => {
        if (shown === panel) shown = undefined;
        own.dispose();
      }),
    );
    showPage(panel, dist, { name: 'kanbanPage', pictures: false });
  }

  async function handle(message: Exclude<FromKanban, { type: 'ready' }>): Promise<void> {
    if (message.type === 'open') return deps.openTask(message.taskId);
    if (message.type === 'answer') return deps.answer(message.taskId);
    const tasks = await deps.tasks();
    switch (message.type) {
      case 'move':
        return tasks.place(message.taskId, message.status, message.before);
      case 'moveTo':
        return tasks.actions.moveTaskTo({ taskId: message.taskId });
      case 'archive':
        return tasks.actions.archiveTask({ taskId: message.taskId });
      case 'delete':
        return tasks.actions.deleteTask({ taskId: message.taskId });
      case 'undo':
        return tasks.actions.undo(undefined);
      default:
        return assertNever(message);
    }
  }

  return {
    open() {
      if (shown !== undefined) shown.reveal();
      else fill(vscode.window.createWebviewPanel(kanbanType, l10n.t('Kanban Board'), vscode.ViewColumn.Active, {}));
      deps.keepInEditor();
    },
    restore(panel) {
      if (shown === undefined) fill(panel);
      else panel.dispose();
    },
    dispose: () => store.dispose(),
  };
}
