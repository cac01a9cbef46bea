import type { Board } from '../../client/board.ts';
import type { LinkState } from '../../client/linkState.ts';
import { practiceName } from '../../protocol/names.ts';
import type { InboxState } from '../../protocol/toInboxPage.ts';
import type { L10n } from '../text/l10n.ts';

/** What stands there when no request is open. `editor`: the name of the editor's own MCP client, which is no agent of the user's. */
export function clearState(board: Board, link: LinkState, editor: string, l10n: L10n): InboxState {
  if (link.kind === 'failed') return { text: l10n.t('No agent can reach you as long as the hub is not running.'), buttons: [] };
  if (board.cursor === undefined) return { text: l10n.t('The hub is starting. Agents can reach you as soon as it runs.'), buttons: [] };
  const agents = [...board.agents.values()].filter(({ name }) => name !== editor);
  if (agents.some(({ name }) => name !== practiceName)) return { text: l10n.t('All clear: no agent needs you.'), buttons: [] };
  if (agents.length > 0 || board.tasks.size > 0)
    return {
      text: l10n.t('All clear. That is how it works: questions appear here the moment an agent asks.'),
      buttons: ['connect', 'practice'],
    };
  return {
    text: l10n.t('Ready. No agent is connected yet. The practice agent asks you two questions.'),
    buttons: ['connect', 'practice', 'tour'],
  };
}
