import * as vscode from 'vscode';
import type { BoardChange } from '../../client/boardStore.ts';
import type { Thread } from '../../client/thread.ts';
import { parseFromPage } from '../../protocol/fromPanelPage.ts';
import type { Attachment, Request } from '../../protocol/model.ts';
import type { Row, ToPage } from '../../protocol/toPanelPage.ts';
import { describeError } from '../../util/errors.ts';
import type { Disposable } from '../../util/lifecycle.ts';
import { DisposableStore } from '../../util/lifecycle.ts';
import type { CardContext } from '../card/cardOf.ts';
import type { FilePages } from '../documents/api.ts';
import { showPage } from '../frame/showPage.ts';
import { commandIds } from '../ids.ts';
import type { RuleFlow } from '../rules/api.ts';
import { createAgeTicker } from '../shell/ageTicker.ts';
import { coalesce } from '../shell/coalesce.ts';
import { explainFailure } from '../shell/errors.ts';
import { formatTime } from '../shell/formatTime.ts';
import { hearPage } from '../shell/hearPage.ts';
import { tellPage } from '../shell/tellPage.ts';
import { plainLine } from '../text/plainMarkdown.ts';
import type { PanelDeps } from './api.ts';
import { createCardOpeners } from './cardOpeners.ts';
import { chooseFiles } from './chooseFiles.ts';
import { followThread } from './followThread.ts';
import { handlePageMessage, type Openers, type PanelFiles } from './handlePageMessage.ts';
import { panelStrings } from './panelStrings.ts';
import type { PatchEditor } from './patchEditor.ts';
import { createThreadFiles } from './threadFiles.ts';
import { announcedRows, hasUnseen } from './threadNews.ts';
import { createRowMaker, panelHeader, rowsBetween, tabTitle } from './threadRows.ts';
import { createUploads } from './uploads.ts';

// Events within this time are sent to the page together.
const settleMs = 16;

/** The panel of one task. Once disposed it sends nothing to its page; the owner closes the panel itself. */
export interface TaskPanel extends Disposable {
  readonly panel: vscode.WebviewPanel;
  readonly task: { id: string; workspaceId: string; title: string };
  /** Scrolls to a row as soon as the page has it. */
  reveal(rowId: string): void;
  /** Lets the user choose attachments for their next message. */
  attach(): Promise<void>;
}

export function showTask(
  deps: PanelDeps & {
    panel: vscode.WebviewPanel;
    task: { id: string; workspaceId: string; title: string };
    /** The folder with the page's script and style. */
    folder: vscode.Uri;
    patches: PatchEditor;
    filePages: FilePages;
    rules: RuleFlow;
    /** The text editor that was active last. */
    lastEditor: () => vscode.TextEditor | undefined;
  },
): TaskPanel {
  const { panel, task, board, clock, log } = deps;
  const { webview } = panel;
  const { l10n } = vscode;
  const store = new DisposableStore();
  const rowsOf = createRowMaker();
  /** The rows that the page has; `undefined` before the first. */
  let shown: readonly Row[] | undefined;
  /** The header that the page has, as JSON. */
  let shownHeader = '';
  let listening = false;
  let wanted: string | undefined;
  let news: string[] = [];
  /** The user has the page before them, and what was new to them when that began. */
  let looking: { newSince: string | undefined } | undefined;
  let marking = false;
  /** There was news while `markSeen` was in progress. */
  let markAgain = false;

  const open: Openers = {
    ...createCardOpeners(deps),
    stop: async () => void (await vscode.commands.executeCommand(commandIds.stopTask, { taskId: task.id })),
  };
  const follower = store.add(
    followThread({ board, api: deps.api, key: { workspaceId: task.workspaceId, taskId: task.id }, onDidChange: takeChange }),
  );
  const uploads = createUploads({
    api: deps.api,
    workspaceId: task.workspaceId,
    newKey: () => crypto.randomUUID(),
    post: (chip) => {
      send({ type: 'file', chip });
      return listening;
    },
    language: vscode.env.language,
    l10n,
  });
  const files: PanelFiles = {
    uploads,
    thread: createThreadFiles({
      api: deps.api,
      workspaceId: task.workspaceId,
      find: (id) => (follower.state.kind === 'loaded' ? fileOf(follower.state.thread, id) : undefined),
      pages: deps.filePages,
      send,
    }),
    async choose() {
      const chosen = await chooseFiles(deps.lastEditor(), deps.prompts);
      await Promise.all(chosen.map((one) => uploads.add(one)));
    },
  };
  const updateDue = store.add(coalesce(clock, settleMs, update));
  const ticker = store.add(createAgeTicker(clock, updateAges));
  ticker.show(panel.visible);

  /** While the thread is being read, the board has the open requests. */
  function requestOf(requestId: string): Request | undefined {
    const { state } = follower;
    const known = board.board.requests.get(requestId);
    if (known?.taskId === task.id) return known;
    return state.kind === 'loaded' ? state.thread.requests.get(requestId) : undefined;
  }

  function send(message: ToPage): void {
    if (listening) tellPage(webview, message, log);
  }

  function takeChange(change: BoardChange | undefined): void {
    if (change === undefined) shown = undefined;
    else news.push(...announcedRows(change));
    updateDue.request();
  }

  function update(): void {
    const { state } = follower;
    if (state.kind === 'loading' || !listening) return;
    const announced = news;
    news = [];
    if (state.kind === 'failed') return send({ type: 'failed', text: explainFailure(state.error, l10n).text });
    const { thread } = state;
    if (thread.task === undefined) return send({ type: 'failed', text: l10n.t('This task no longer exists. Nothing was changed.') });
    const context = contextNow();
    panel.title = tabTitle(thread.task, l10n);
    look(thread);
    const header = panelHeader(thread.task, thread, context, looking?.newSince);
    const rows = rowsOf(thread, context);
    if (shown === undefined) send({ type: 'thread', header, rows });
    else send({ type: 'change', header, ...rowsBetween(shown, rows), news: announced });
    shown = rows;
    shownHeader = JSON.stringify(header);
    if (wanted !== undefined) send({ type: 'reveal', rowId: wanted });
    wanted = undefined;
    markSeenIfNeeded();
  }

  /** What is new is what came since the user has looked last, and stays so until they look again. */
  function look(thread: Thread): void {
    noticeLook();
    if (isSeen()) looking ??= { newSince: hasUnseen(thread) ? thread.task?.seenAt : undefined };
  }

  const isSeen = (): boolean => panel.active && vscode.window.state.focused;

  function noticeLook(): void {
    if (!isSeen()) looking = undefined;
  }

  function markSeenIfNeeded(): void {
    const { state } = follower;
    if (store.disposed || state.kind !== 'loaded' || !isSeen()) return;
    if (hasUnseen(state.thread)) void markSeen();
  }

  /** Updates what depends on how long ago the agent was heard: the header, and what an answer will do. */
  function updateAges(): void {
    const { state } = follower;
    if (shown === undefined || state.kind !== 'loaded' || state.thread.task === undefined) return;
    const context = contextNow();
    const header = panelHeader(state.thread.task, state.thread, context, looking?.newSince);
    const rows = rowsOf(state.thread, context);
    const difference = rowsBetween(shown, rows);
    const text = JSON.stringify(header);
    if (text === shownHeader && difference.rows.length === 0 && difference.removed.length === 0) return;
    shown = rows;
    shownHeader = text;
    send({ type: 'change', header, ...difference, news: [] });
  }

  const contextNow = (): CardContext => ({ board: board.board, formatTime, now: clock.now(), l10n });

  /** Marks the task as seen. One call at a time; news meanwhile causes another call. */
  async function markSeen(): Promise<void> {
    if (marking) {
      markAgain = true;
      return;
    }
    marking = true;
    try {
      await deps.api.call('markSeen', { workspaceId: task.workspaceId, taskId: task.id });
    } catch (error) {
      log.warn(`that a task was seen could not be noted: ${describeError(error)}`);
    } finally {
      marking = false;
      if (markAgain) markSeenIfNeeded();
      markAgain = false;
    }
  }

  store.add(
    hearPage(webview, parseFromPage, deps, (message) => {
      if (message.type !== 'ready') {
        void handlePageMessage(message, { ...deps, requestOf, open, files, send, l10n });
        return;
      }
      listening = true;
      shown = undefined;
      send({
        type: 'begin',
        saved: { workspaceId: task.workspaceId, taskId: task.id, title: plainLine(task.title) },
        strings: panelStrings(l10n),
        language: vscode.env.language,
      });
      update();
      uploads.restart();
    }),
  );
  store.add(
    vscode.window.onDidChangeWindowState(({ focused }) => {
      noticeLook();
      if (focused) updateDue.request();
    }),
  );
  store.add(
    panel.onDidChangeViewState(() => {
      // The editor discards a hidden page. When it is shown again it sends `ready`.
      ticker.show(panel.visible);
      noticeLook();
      if (!panel.visible) listening = false;
      else updateDue.request();
    }),
  );

  // Nothing is posted after disposal, because the editor throws if the page is gone.
  store.add({ dispose: () => (listening = false) });

  showPage(panel, deps.folder, { name: 'panelPage', pictures: true });

  return {
    panel,
    task,
    reveal(rowId) {
      wanted = rowId;
      updateDue.request();
    },
    attach: () => files.choose(),
    dispose: () => store.dispose(),
  };
}

/** The attachment of the thread with this id. */
function fileOf({ task, messages }: Thread, id: string): Attachment | undefined {
  const all = [task?.attachments, ...[...messages.values()].map(({ attachments }) => attachments)];
  return all.flatMap((some) => some ?? []).find((file) => file.id === id);
}
