import type { Command, CommandDeps } from '../shell/command.ts';
import { targetOf } from '../tree/commandTarget.ts';

/** Goes to the code that a request is about, or opens the page that it stands on. */
export function openRequest({ board, pages, threads, prompts, l10n }: CommandDeps): Command {
  return async (argument) => {
    const { requestId } = targetOf(argument);
    if (requestId === undefined) return;
    const request = board.board.requests.get(requestId);
    if (request === undefined) await prompts.toast('info', l10n.t('This request is no longer on the board.'));
    else if (!(await threads.open(request))) await pages.openRequest(request);
  };
}
