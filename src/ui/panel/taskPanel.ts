import * as vscode from 'vscode';
import type { BoardChange } from '../../client/boardStore.ts';
import type { Thread } from '../../client/thread.ts';
import { parseFromPage } from '../../protocol/fromPanelPage.ts';
import type { Attachment, Request } from '../../protocol/model.ts';
import type { Row, ToPage } from '../../protocol/toPanelPage.ts';
import { describeError } from '../../util/errors.ts';
import type { Disposable } from '../../util/lifecycle.ts';
import { DisposableStore } from '../../util/lifecycle.ts';
import type { FilePages } from '../documents/api.ts';
import { showPage } from '../frame/showPage.ts';
import { commandIds } from '../ids.ts';
import type { RuleFlow } from '../rules/api.ts';
import { createAgeTicker } from '../shell/ageTicker.ts';
import { coalesce } from '../shell/coalesce.ts';
import { explainFailure } from '../shell/explainFailure.ts';
import { formatTime } from '../shell/formatTime.ts';
import { shorten } from '../text/truncate.ts';
import { visibleLine } from '../text/visibleText.ts';
import type { PanelDeps } from './api.ts';
import { chooseFiles } from './chooseFiles.ts';
import { followThread } from './followThread.ts';
import { type Openers, obeyPage, type PanelFiles } from './handlePageMessage.ts';
import { hasNews } from './hasNews.ts';
import { newsOf } from './newsOf.ts';
import { openLink } from './openLink.ts';
import { openFileAt, openPlace } from './openPlace.ts';
import { panelStrings } from './panelStrings.ts';
import type { PatchEditor } from './patchEditor.ts';
import { rowsBetween } from './rowsBetween.ts';
import { createThreadFiles } from './threadFiles.ts';
import { createRowMaker, panelHeader, type ThreadRowContext } from './threadRows.ts';
import { createUploads } from './uploads.ts';

// Many events of one turn are one message to the page.
const settleMs = 16;

/** The panel of one task. Disposed, it tells its page nothing any more; the panel itself is closed by whoever opened it. */
export interface TaskPanel extends Disposable {
  readonly panel: vscode.WebviewPanel;
  readonly task: { id: string; workspaceId: string; title: string };
  /** Scrolls to a row, as soon as it is there. */
  reveal(rowId: string): void;
  /** Lets the person choose what goes with their next message. */
  attach(): Promise<void>;
}

export function showTask(
  deps: PanelDeps & {
    panel: vscode.WebviewPanel;
    task: { id: string; workspaceId: string; title: string };
    /** Where the page's script and style are. */
    folder: vscode.Uri;
    patches: PatchEditor;
    filePages: FilePages;
    rules: RuleFlow;
    /** The text editor that the person was in last. */
    lastEditor: () => vscode.TextEditor | undefined;
  },
): TaskPanel {
  const { panel, task, board, clock, log } = deps;
  const { webview } = panel;
  const { l10n } = vscode;
  const store = new DisposableStore();
  const rowsOf = createRowMaker();
  /** The page listens, and has these rows. */
  let shown: readonly Row[] | undefined;
  /** What it has above them. */
  let shownHeader = '';
  let listening = false;
  let wanted: string | undefined;
  let news: string[] = [];
  let noting = false;
  /** Something came while it was being noted. */
  let noteAgain = false;

  const open: Openers = {
    link: (address) => openLink(address, deps.prompts),
    place: (place, notice) => openPlace(place, { prompts: deps.prompts, notice }),
    about: async (requestId, notice) => {
      const { state } = follower;
      const about = state.kind === 'loaded' ? state.thread.requests.get(requestId)?.place : undefined;
      if (about !== undefined) await openFileAt(about, { prompts: deps.prompts, notice });
    },
    patch: (patch, notice) => deps.patches.open(patch, notice),
    stop: async () => void (await vscode.commands.executeCommand(commandIds.stopTask, { taskId: task.id })),
  };
  const follower = store.add(
    followThread({ board, api: deps.api, key: { workspaceId: task.workspaceId, taskId: task.id }, onDidChange: takeChange }),
  );
  const uploads = createUploads({
    api: deps.api,
    workspaceId: task.workspaceId,
    newKey: () => crypto.randomUUID(),
    tell: (chip) => {
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
  const ticker = store.add(createAgeTicker(clock, lookAtAges));
  ticker.show(panel.visible);

  /** While the thread is read anew, the board still knows what is open. */
  function requestOf(requestId: string): Request | undefined {
    const { state } = follower;
    const known = board.board.requests.get(requestId);
    if (known?.taskId === task.id) return known;
    return state.kind === 'loaded' ? state.thread.requests.get(requestId) : undefined;
  }

  function send(message: ToPage): void {
    if (!listening) return;
    webview.postMessage(message).then(undefined, (error: unknown) => log.warn(`a page could not be told: ${describeError(error)}`));
  }

  function takeChange(change: BoardChange | undefined): void {
    if (change === undefined) shown = undefined;
    else news.push(...newsOf(change));
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
    panel.title = shorten(visibleLine(thread.task.title), 40) || l10n.t('Task');
    const header = panelHeader(thread.task, thread, context);
    const rows = rowsOf(thread, context);
    if (shown === undefined) send({ type: 'thread', header, rows });
    else send({ type: 'change', header, ...rowsBetween(shown, rows), news: announced });
    shown = rows;
    shownHeader = JSON.stringify(header);
    if (wanted !== undefined) send({ type: 'reveal', rowId: wanted });
    wanted = undefined;
    noteNews();
  }

  function noteNews(): void {
    const { state } = follower;
    if (store.disposed || state.kind !== 'loaded' || !panel.active || !vscode.window.state.focused) return;
    if (hasNews(state.thread)) void noteSeen();
  }

  /** Time alone changes what stands above the thread: when an agent that is gone was last heard. */
  function lookAtAges(): void {
    const { state } = follower;
    if (shown === undefined || state.kind !== 'loaded' || state.thread.task === undefined) return;
    const header = panelHeader(state.thread.task, state.thread, contextNow());
    const look = JSON.stringify(header);
    if (look === shownHeader) return;
    shownHeader = look;
    send({ type: 'change', header, rows: [], removed: [], news: [] });
  }

  const contextNow = (): ThreadRowContext => ({ board: board.board, formatTime, now: clock.now(), l10n });

  /** One at a time: what comes meanwhile is noted after it. */
  async function noteSeen(): Promise<void> {
    if (noting) {
      noteAgain = true;
      return;
    }
    noting = true;
    try {
      await deps.api.call('markSeen', { workspaceId: task.workspaceId, taskId: task.id });
    } catch (error) {
      log.warn(`that a task was seen could not be noted: ${describeError(error)}`);
    } finally {
      noting = false;
      if (noteAgain) noteNews();
      noteAgain = false;
    }
  }

  store.add(
    webview.onDidReceiveMessage((data: unknown) => {
      const message = parseFromPage(data);
      if (message === undefined) return log.warn('a page said something that is not understood');
      if (message.type !== 'ready') return void obeyPage(message, { ...deps, requestOf, open, files, send, l10n });
      listening = true;
      shown = undefined;
      send({
        type: 'begin',
        saved: { workspaceId: task.workspaceId, taskId: task.id, title: task.title },
        strings: panelStrings(l10n),
        language: vscode.env.language,
      });
      update();
      uploads.restart();
    }),
  );
  store.add(vscode.window.onDidChangeWindowState(({ focused }) => focused && updateDue.request()));
  store.add(
    panel.onDidChangeViewState(() => {
      // A page that is hidden is gone; shown again, it says that it is ready.
      ticker.show(panel.visible);
      if (!panel.visible) listening = false;
      else updateDue.request();
    }),
  );

  // What ends after it was closed tells nobody: the editor fails when it is told to tell a page that is gone.
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

/** The file of the thread with this id. */
function fileOf({ task, messages }: Thread, id: string): Attachment | undefined {
  const all = [task?.attachments, ...[...messages.values()].map(({ attachments }) => attachments)];
  return all.flatMap((some) => some ?? []).find((file) => file.id === id);
}
