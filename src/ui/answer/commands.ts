import { requestsByNeed } from '../../client/needs.ts';
import type { UiContext } from '../shell/context.ts';
import type { Command } from '../shell/registerCommands.ts';
import { targetOf } from '../tree/commandTarget.ts';
import type { Answering } from './api.ts';

type Deps = Pick<UiContext, 'board' | 'prompts' | 'l10n'> & { answers: Pick<Answering, 'ask' | 'next' | 'retract' | 'terminal'> };

/**
 * Asks about the request of a row or page; on the page of a task, about the one that comes first by need. For an agent that waits in its
 * own window it shows the terminal.
 */
export function answerRequest({ board, answers, prompts, l10n }: Deps): Command {
  return async (argument) => {
    const { requestId, taskId, agentId } = targetOf(argument);
    const id = requestId ?? (taskId === undefined ? undefined : requestsByNeed(board.board).find((open) => open.taskId === taskId)?.id);
    if (agentId !== undefined) await answers.terminal(agentId, true);
    else if (id !== undefined) await answers.ask(id);
    else if (taskId !== undefined) await prompts.toast('info', l10n.t('Nothing on this page needs an answer.'));
  };
}

/** Asks about all open requests in turn. */
export function answerNextRequest({ answers }: Deps): Command {
  return async () => answers.next();
}

/** Retracts the answer to the request of a row, or the last one. */
export function takeBackAnswer({ answers }: Deps): Command {
  return async (argument) => answers.retract(targetOf(argument).requestId);
}
