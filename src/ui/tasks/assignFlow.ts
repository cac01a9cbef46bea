import type { Board } from '../../client/board.ts';
import type { Task } from '../../protocol/model.ts';
import type { PickItem, Prompts } from '../shell/prompts.ts';
import { agentItems } from '../shell/recipients.ts';
import { distinctAgentName } from '../text/displayNames.ts';
import type { L10n } from '../text/l10n.ts';
import type { TaskPatch } from './changeTasks.ts';

/** The owner of a task: the user, any agent that asks for work, or one agent. */
export interface Owner {
  to: Required<Pick<TaskPatch, 'assignee' | 'meantFor'>>;
  /** What was done with these tasks, as a sentence. */
  did(tasks: string): string;
}

/** Asks who should do these tasks. Agents are offered where all tasks are in one workspace. `now`: milliseconds since 1970. */
export async function pickOwner(
  tasks: readonly Task[],
  title: string,
  deps: { board: Board; prompts: Prompts; now: number; l10n: L10n },
): Promise<Owner | undefined> {
  const { board, prompts, now, l10n } = deps;
  const [first] = tasks;
  const workspaceId = tasks.every((task) => task.workspaceId === first?.workspaceId) ? first?.workspaceId : undefined;
  const agents = workspaceId === undefined ? [] : agentItems(board, workspaceId, now, l10n);
  const items: PickItem<Owner>[] = [
    ...agents.map(({ value: agent, ...item }) => ({
      ...item,
      value: {
        to: { assignee: 'agent', meantFor: agent.id } as const,
        did: (named: string) =>
          l10n.t('{0} is for {1} now, which gets it when it asks for work.', named, distinctAgentName(board, agent, l10n)),
      },
    })),
    {
      label: l10n.t('Any Agent'),
      description: l10n.t('the next agent that asks for work takes it'),
      icon: 'list-ordered',
      value: { to: { assignee: 'agent', meantFor: null }, did: (named) => l10n.t('{0} is for any agent now.', named) },
    },
    {
      label: l10n.t('You'),
      description: l10n.t('no agent is given it'),
      icon: 'account',
      value: { to: { assignee: 'human', meantFor: null }, did: (named) => l10n.t('{0} is yours now.', named) },
    },
  ];
  const picked = await prompts.pickOne(items, { title, placeholder: l10n.t('Who should do it?') });
  return picked.kind === 'picked' ? picked.value : undefined;
}
