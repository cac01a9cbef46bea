import { agentsWaitingElsewhere, openRequests } from '../../client/needs.ts';
import { elsewhereSentence } from '../requestLine.ts';
import type { Command, CommandDeps } from './command.ts';

/** Asks for the answer to what has waited longest. An agent that waits in its own window can only be pointed at. */
export function answerNextRequest({ board, answers, prompts, l10n }: CommandDeps): Command {
  return async () => {
    const [next] = openRequests(board.board);
    const [agent] = agentsWaitingElsewhere(board.board);
    if (next !== undefined) await answers.ask(next.id);
    else if (agent !== undefined) await prompts.toast('info', elsewhereSentence(agent, 200, l10n));
    else if (board.link.kind === 'live') await prompts.toast('info', l10n.t('All clear: no agent waits for an answer.'));
    else
      await prompts.toast(
        'warning',
        l10n.t('The hub is not connected, so it is not known whether an agent waits. See “AgentRQ: Show Log”.'),
      );
  };
}
