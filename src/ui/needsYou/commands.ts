import type { Threads } from '../code/api.ts';
import type { Pages } from '../panel/api.ts';
import type { UiContext } from '../shell/context.ts';
import type { Command } from '../shell/registerCommands.ts';
import { agentName } from '../text/displayNames.ts';
import { requestSentence } from '../text/requestTitle.ts';
import { targetOf } from '../tree/commandTarget.ts';

type Deps = Pick<UiContext, 'board' | 'api' | 'prompts' | 'l10n'>;

/** Dismisses a request after the user has confirmed it. */
export function dismissRequest({ board, api, prompts, l10n }: Deps): Command {
  return async (argument) => {
    const { requestId } = targetOf(argument);
    if (requestId === undefined) return;
    const request = board.board.requests.get(requestId);
    if (request === undefined) {
      await prompts.toast('info', l10n.t('This request is no longer on the board.'));
      return;
    }
    const agent = request.agentId === undefined ? undefined : board.board.agents.get(request.agentId);
    const consequence =
      request.status !== 'open'
        ? l10n.t('Your answer is not handed to the agent any more, unless it has it already.')
        : agent?.connected === true
          ? l10n.t('The agent is still there. It gets no answer to this, and may wait for one or decide in its own window.')
          : l10n.t('The agent gets no answer to this, also if it comes back.');
    const pressed = await prompts.confirm(
      l10n.t('Dismiss this request?'),
      `${requestSentence(request, agentName(agent, l10n), 300, l10n)}\n\n${consequence}`,
      [l10n.t('Dismiss')],
    );
    if (pressed !== undefined) await api.call('dismissRequest', { workspaceId: request.workspaceId, requestId });
  };
}

/** Opens the code location of a request, or its page. */
export function openRequest({
  board,
  pages,
  threads,
  prompts,
  l10n,
}: Deps & { pages: Pick<Pages, 'openRequest'>; threads: Pick<Threads, 'open'> }): Command {
  return async (argument) => {
    const { requestId } = targetOf(argument);
    if (requestId === undefined) return;
    const request = board.board.requests.get(requestId);
    if (request === undefined) await prompts.toast('info', l10n.t('This request is no longer on the board.'));
    else if (!(await threads.open(request))) await pages.openRequest(request);
  };
}
