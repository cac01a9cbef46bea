import type { Board } from '../../client/board.ts';
import type { Agent, Task } from '../../protocol/model.ts';
import { distinctNames } from './distinctNames.ts';
import { knownAgent } from './knownAgents.ts';
import type { L10n } from './l10n.ts';
import { plainLine } from './plainMarkdown.ts';
import { looksLikeReservedName } from './reservedNames.ts';
import { truncate } from './truncate.ts';
import { visibleLine } from './visibleText.ts';

// Names for display: one line, no hidden characters, limited length.

/** The name of an agent; `undefined` is an unknown agent. A name that reads like the user or the product is quoted. */
export function agentName(agent: Pick<Agent, 'name' | 'title'> | undefined, l10n: L10n): string {
  const given = agent?.title ?? knownAgent(agent?.name ?? '')?.name ?? agent?.name ?? '';
  const name = truncate(visibleLine(given), 40);
  if (name === '') return l10n.t('An agent');
  return looksLikeReservedName(name, l10n.t('You')) ? l10n.t('Agent “{0}”', name.replace(/[·“”"]/g, "'")) : name;
}

/** The name of an agent among those of its workspace: with the one that it gives itself if another one there would read the same. */
export function distinctAgentName({ agents }: Pick<Board, 'agents'>, agent: Agent, l10n: L10n): string {
  const name = agentName(agent, l10n);
  const isTwin = (other: Agent): boolean =>
    other.workspaceId === agent.workspaceId &&
    other.name !== agent.name &&
    other.removedAt === undefined &&
    agentName(other, l10n) === name;
  return [...agents.values()].some(isTwin) ? l10n.t('{0} ({1})', name, truncate(visibleLine(agent.name), 40)) : name;
}

/** The name of an agent as an author, which always begins with “Agent”. */
export function authorName(agent: Pick<Agent, 'name' | 'title'> | undefined, l10n: L10n): string {
  const name = agentName(agent, l10n);
  const isSaid = name === l10n.t('An agent') || looksLikeReservedName(name, l10n.t('You'));
  return isSaid ? name : l10n.t('Agent {0}', name);
}

/** The title of a task, or a placeholder. */
export function taskTitle(task: Task | undefined, l10n: L10n): string {
  const title = task === undefined ? '' : truncate(plainLine(task.title), 80);
  return title === '' ? l10n.t('no task') : title;
}

const workspaceNames = new WeakMap<Board['workspaces'], ReadonlyMap<string, string>>();

/** The name of a workspace, distinct from all others; its id if the board does not know it. */
export function workspaceName({ workspaces }: Board, id: string): string {
  const names = workspaceNames.get(workspaces) ?? distinctNames(workspaces.values());
  workspaceNames.set(workspaces, names);
  return names.get(id) ?? id;
}

/** The name of a workspace if there are several. */
export function workspaceHint(board: Board, id: string): string | undefined {
  return board.workspaces.size > 1 ? workspaceName(board, id) : undefined;
}

/** Joins the parts that are not empty. */
export function joinParts(parts: readonly (string | undefined)[]): string {
  return parts.filter((part) => part !== undefined && part !== '').join(' · ');
}
