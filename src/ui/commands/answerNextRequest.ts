import { openRequests } from '../../client/needs.ts';
import type { Command, CommandDeps } from './command.ts';

/** Asks for the answer to what has waited longest. */
export function answerNextRequest({ board, answers, prompts, l10n }: CommandDeps): Command {
  return async () => {
    const [next] = openRequests(board.board);
    if (next !== undefined) await answers.ask(next.id);
    else if (board.link.kind === 'live') await prompts.toast('info', l10n.t('All clear: no agent waits for an answer.'));
    else
      await prompts.toast(
        'warning',
        l10n.t('The hub is not connected, so it is not known whether an agent waits. See “AgentRQ: Show Log”.'),
      );
  };
}
