import type { Answering } from '../answer/api.ts';
import { commandIds, viewIds } from '../ids.ts';
import type { UiContext } from '../shell/context.ts';
import { followBoard } from '../shell/followBoard.ts';
import type { Undoable } from '../shell/undoable.ts';
import { RowTreeView } from '../tree/rowTreeView.ts';
import { agentRows } from './agentRows.ts';
import { muteAgent, removeAgent, showAgentTerminal } from './commands.ts';

/** Registers the *Agents* view. */
export function registerAgentsView(
  context: UiContext,
  others: { answers: Pick<Answering, 'terminal'>; undoable(done: Undoable): Promise<void> },
) {
  const { board, clock, settings, l10n, own } = context;
  const isMuted = (name: string): boolean => ['badge', 'silent'].includes(settings.value.notifications.agents[name] ?? '');
  const rows = () => agentRows(board.board, clock.now(), l10n, isMuted);
  const tree = own(new RowTreeView({ id: viewIds.agents, rows, clock, ticking: true }));
  tree.own(followBoard(board, () => tree.refresh()));
  tree.own(settings.onDidChange(() => tree.refresh()));
  const commands = {
    [commandIds.showAgentTerminal]: showAgentTerminal(others),
    [commandIds.muteAgent]: muteAgent(context, true),
    [commandIds.unmuteAgent]: muteAgent(context, false),
    [commandIds.removeAgent]: removeAgent(context, others.undoable),
  };
  return { commands };
}
