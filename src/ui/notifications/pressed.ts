import { assertNever } from '../../util/errors.ts';
import { answerable, isSameAsk } from '../shell/watchRequest.ts';
import type { NotificationsDeps } from './api.ts';
import type { NotificationEvent } from './core/event.ts';
import type { ToastAction } from './toastOf.ts';

/** Performs the action of a toast's button. If the request is closed meanwhile it only tells the user. */
export async function pressed(action: ToastAction, { source, taskId }: NotificationEvent, deps: NotificationsDeps): Promise<void> {
  const { board, l10n } = deps;
  if (source.kind === 'agent') return void (action.kind === 'terminal' && (await deps.answers.terminal(source.agentId, true)));
  if (source.kind !== 'request') {
    const task = board.board.tasks.get(taskId ?? '');
    if (task === undefined) await deps.prompts.toast('info', l10n.t('This task no longer exists. Nothing was changed.'));
    else if (action.kind === 'reply') await deps.replies.ask(task.id);
    else await deps.pages.openTask(task);
    return;
  }
  const { request } = source;
  switch (action.kind) {
    case 'choose':
    case 'decide': {
      const now = answerable(board, request.id);
      if (now !== undefined && !isSameAsk(now, request)) {
        void deps.prompts.toast('info', l10n.t('The agent has changed its request meanwhile. Nothing was sent.'));
        return deps.answers.ask(request.id);
      }
      if (action.kind === 'choose') return deps.answers.choose(request.id, action.choice);
      return deps.answers.decide(request.id, action.decision);
    }
    case 'reply':
      return request.taskId === undefined ? deps.answers.ask(request.id) : deps.replies.ask(request.taskId);
    case 'answer':
      return deps.answers.ask(request.id);
    case 'terminal':
    case 'seen':
      return;
    case 'open':
      // The request may have left the board.
      return deps.pages.openRequest(board.board.requests.get(request.id) ?? request);
    default:
      return assertNever(action);
  }
}
