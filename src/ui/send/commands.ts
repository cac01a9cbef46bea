import type { UiContext } from '../shell/context.ts';
import { pickTask } from '../shell/pickTask.ts';
import type { Command } from '../shell/registerCommands.ts';
import { targetOf } from '../tree/commandTarget.ts';
import type { ReplyFlow } from './api.ts';

/** Sends a message to the agent of a task. */
export function replyToTask(deps: Pick<UiContext, 'board' | 'prompts' | 'l10n'> & { replies: ReplyFlow }): Command {
  const { board, replies, l10n } = deps;
  return async (argument) => {
    const taskId = targetOf(argument).taskId ?? (await pickTask(board.board, l10n.t('Which task do you want to reply to?'), deps))?.id;
    if (taskId !== undefined) await replies.ask(taskId);
  };
}
