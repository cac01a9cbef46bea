import * as vscode from 'vscode';
import type { FromKanban, KanbanStrings, ToKanban } from '../../protocol/kanbanMessages.ts';
import { parseFromKanban } from '../../protocol/kanbanMessages.ts';
import { assertNever, describeError } from '../../util/errors.ts';
import { DisposableStore } from '../../util/lifecycle.ts';
import { coalesce } from '../coalesce.ts';
import { followBoard } from '../followBoard.ts';
import { kanbanType } from '../ids.ts';
import type { L10n } from '../l10n.ts';
import type { Kanban, KanbanDeps } from '../loadKanban.ts';
import { statusWord } from '../statusWords.ts';
import { tabIcon } from '../tabIcon.ts';
import { createKanbanCards } from './kanbanCards.ts';
import { kanbanHtml } from './kanbanHtml.ts';

// Many events of one turn are one message to the page.
const settleMs = 16;

/** The Kanban board: one panel, and the page in it is a function of the board. */
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
    webview.options = { enableScripts: true, localResourceRoots: [dist] };

    const send = (message: ToKanban): void =>
      void webview
        .postMessage(message)
        .then(undefined, (error: unknown) => log.warn(`the board could not be told: ${describeError(error)}`));
    const due = own.add(
      coalesce(clock, settleMs, () => {
        if (!listening) return;
        const changes = cards.changes(board.board);
        if (changes.cards.length > 0 || changes.removed.length > 0) send({ type: 'change', ...changes });
      }),
    );
    own.add(
      webview.onDidReceiveMessage((data: unknown) => {
        const message = parseFromKanban(data);
        if (message === undefined) log.warn('the board said something that is not understood');
        else if (message.type !== 'ready') obey(message).catch((error: unknown) => deps.report(error));
        else {
          listening = true;
          cards.forget();
          send({ type: 'begin', strings: kanbanStrings(l10n), language: vscode.env.language, cards: cards.changes(board.board).cards });
        }
      }),
    );
    own.add(
      panel.onDidChangeViewState(() => {
        // A page that is hidden is gone; shown again, it says that it is ready.
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
    panel.iconPath = tabIcon(dist);
    webview.html = kanbanHtml({
      cspSource: webview.cspSource,
      nonce: crypto.randomUUID().replaceAll('-', ''),
      script: webview.asWebviewUri(vscode.Uri.joinPath(dist, 'kanbanPage.js')).toString(),
      style: webview.asWebviewUri(vscode.Uri.joinPath(dist, 'kanbanPage.css')).toString(),
      language: vscode.env.language,
    });
  }

  async function obey(message: Exclude<FromKanban, { type: 'ready' }>): Promise<void> {
    if (message.type === 'open') return deps.openTask(message.taskId);
    const tasks = await deps.tasks();
    switch (message.type) {
      case 'move':
        return tasks.place(message.taskId, message.status, message.before);
      case 'archive':
        return tasks.actions.archiveTask({ taskId: message.taskId });
      case 'undo':
        return tasks.actions.undo(undefined);
      default:
        return assertNever(message);
    }
  }

  return {
    open() {
      if (shown !== undefined) shown.reveal();
      else fill(vscode.window.createWebviewPanel(kanbanType, l10n.t('Tasks'), vscode.ViewColumn.Active, {}));
    },
    restore(panel) {
      if (shown === undefined) fill(panel);
      else panel.dispose();
    },
    dispose: () => store.dispose(),
  };
}

/** Every word that the page itself says. */
function kanbanStrings(l10n: L10n): KanbanStrings {
  return {
    title: l10n.t('Tasks'),
    columns: {
      notstarted: statusWord('notstarted', l10n),
      ongoing: statusWord('ongoing', l10n),
      blocked: statusWord('blocked', l10n),
      completed: statusWord('completed', l10n),
      rejected: statusWord('rejected', l10n),
    },
    filter: l10n.t('Filter'),
    filterHint: l10n.t('Words in title, agent or workspace'),
    shown: l10n.t('{0} of {1} tasks', '{0}', '{1}'),
    empty: l10n.t('No task here.'),
    moved: l10n.t('{0} stands in {1} now.', '{0}', '{1}'),
    keys: l10n.t('Arrows: go. Alt+arrows: move the card. Enter: open. Delete: archive. Ctrl+Z: undo. /: filter.'),
    question: l10n.t('Asks'),
    permission: l10n.t('Wants'),
  };
}
