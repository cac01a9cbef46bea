import { openRequests } from '../../client/needs.ts';
import type { Command, CommandDeps } from '../shell/command.ts';
import { targetOf } from '../tree/commandTarget.ts';

/**
 * Asks for the answer to the request of a row or a page; on the page of a task, to the one that has waited longest. Of an agent that waits in
 * its own window it shows the terminal.
 */
export function answerRequest({ board, answers, prompts, l10n }: CommandDeps): Command {
  return async (argument) => {
    const { requestId, taskId, agentId } = targetOf(argument);
    const id = requestId ?? (taskId === undefined ? undefined : openRequests(board.board).find((open) => open.taskId === taskId)?.id);
    if (agentId !== undefined) await answers.terminal(agentId, true);
    else if (id !== undefined) await answers.ask(id);
    else if (taskId !== undefined) await prompts.toast('info', l10n.t('Nothing on this page needs an answer.'));
  };
}
