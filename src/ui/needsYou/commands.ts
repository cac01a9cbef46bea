import type { Request } from '../../protocol/model.ts';
import type { Threads } from '../code/api.ts';
import type { Pages } from '../panel/api.ts';
import type { UiContext } from '../shell/context.ts';
import type { Command } from '../shell/registerCommands.ts';
import { agentName } from '../text/displayNames.ts';
import { requestSentence } from '../text/requestTitle.ts';
import { targetOf } from '../tree/commandTarget.ts';

type Deps = Pick<UiContext, 'board' | 'prompts' | 'l10n'>;

/** Dismisses a request after the user has confirmed it. */
export function dismissRequest(deps: Deps & Pick<UiContext, 'api'>): Command {
  const { board, api, prompts, l10n } = deps;
  return async (argument) => {
    const request = await chosenRequest(argument, deps);
    if (request === undefined) return;
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
    if (pressed !== undefined) await api.call('dismissRequest', { workspaceId: request.workspaceId, requestId: request.id });
  };
}

/** Opens the code location of a request, or its page. */
export function openRequest(deps: Deps & { pages: Pick<Pages, 'openRequest'>; threads: Pick<Threads, 'open'> }): Command {
  return async (argument) => {
    const request = await chosenRequest(argument, deps);
    if (request !== undefined && !(await deps.threads.open(request))) await deps.pages.openRequest(request);
  };
}

/** The request of a row or a card. The user is told if it is gone. */
async function chosenRequest(argument: unknown, { board, prompts, l10n }: Deps): Promise<Request | undefined> {
  const { requestId } = targetOf(argument);
  if (requestId === undefined) return undefined;
  const request = board.board.requests.get(requestId);
  if (request === undefined) await prompts.toast('info', l10n.t('This request is no longer on the board.'));
  return request;
}
