import { targetOf } from '../targetOf.ts';
import type { Command, CommandDeps } from './command.ts';

/** Opens the page that a request stands on. */
export function openRequest({ board, pages, prompts, l10n }: CommandDeps): Command {
  return async (argument) => {
    const { requestId } = targetOf(argument);
    if (requestId === undefined) return;
    const request = board.board.requests.get(requestId);
    if (request !== undefined) await pages.openRequest(request);
    else await prompts.toast('info', l10n.t('This request is no longer on the board.'));
  };
}
