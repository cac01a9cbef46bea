import type { BoardStore } from '../client/boardStore.ts';
import type { Clock } from '../util/clock.ts';
import { assertNever } from '../util/errors.ts';
import type { Disposable } from '../util/lifecycle.ts';
import { DisposableStore } from '../util/lifecycle.ts';
import type { AnswerFlow } from './answerFlow.ts';
import type { Toast, ToastAction, ToastContext } from './decideToast.ts';
import { decideToast } from './decideToast.ts';
import type { L10n } from './l10n.ts';
import { createPace } from './pace.ts';
import type { Pages } from './pages.ts';
import type { Prompts } from './prompts.ts';
import type { ReplyFlow } from './replyFlow.ts';

const remembered = 1_000;

// The editor draws no more than three toasts in 800 ms; what comes beyond that goes to its notification list unseen.
const gapMs = 300;

/** Shows the toasts of what happens, each once, and does what their buttons say. */
export function createToasts(deps: {
  board: BoardStore;
  context: () => ToastContext;
  prompts: Prompts;
  answers: AnswerFlow;
  replies: ReplyFlow;
  pages: Pages;
  clock: Clock;
  /** Shows the person a failure. */
  report: (error: unknown) => void;
  l10n: L10n;
}): Disposable {
  const { board, prompts, l10n } = deps;
  const shown = new Set<string>();
  const store = new DisposableStore();
  const pace = store.add(createPace(deps.clock, gapMs));

  async function show(toast: Toast): Promise<void> {
    const pressed = await prompts.toast(
      'info',
      toast.text,
      toast.buttons.map((button) => button.label),
    );
    const action = pressed === undefined ? undefined : toast.buttons[pressed]?.action;
    if (action !== undefined) await run(action, toast.about);
  }

  async function run(action: ToastAction, about: Toast['about']): Promise<void> {
    if (about.kind === 'message') {
      const task = board.board.tasks.get(about.taskId);
      if (task === undefined) await prompts.toast('info', l10n.t('This task no longer exists. Nothing was changed.'));
      else if (action.kind === 'reply') await deps.replies.ask(task.id);
      else await deps.pages.openTask(task);
      return;
    }
    if (about.kind === 'agent') return;
    const { request } = about;
    switch (action.kind) {
      case 'choose':
        return deps.answers.choose(request.id, action.choice);
      case 'decide':
        return deps.answers.decide(request.id, action.decision);
      case 'answer':
      case 'reply':
        return deps.answers.ask(request.id);
      case 'seen':
        return;
      case 'open':
        // It may have left the board since.
        return deps.pages.openRequest(board.board.requests.get(request.id) ?? request);
      default:
        return assertNever(action);
    }
  }

  /** Toasts that had to wait may be about something that is done by now. */
  function isWanted({ about }: Toast): boolean {
    if (about.kind === 'agent') return board.board.agents.get(about.agentId)?.waitsElsewhere !== undefined;
    return about.kind === 'message' || board.board.requests.get(about.request.id)?.status === 'open';
  }

  const listening = board.onDidChange((change) => {
    const toast = decideToast(change, deps.context(), l10n);
    if (toast === undefined || shown.has(toast.key)) return;
    shown.add(toast.key);
    for (const oldest of shown) {
      if (shown.size <= remembered) break;
      shown.delete(oldest);
    }
    pace.run(() => {
      if (isWanted(toast)) void show(toast).catch(deps.report);
    });
  });
  store.add(listening);
  return store;
}
