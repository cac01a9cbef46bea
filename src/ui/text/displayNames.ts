import type { Board } from '../../client/board.ts';
import type { Agent, Task } from '../../protocol/model.ts';
import { distinctNames } from './distinctNames.ts';
import type { L10n } from './l10n.ts';
import { passesForAnother } from './reservedNames.ts';
import { shorten } from './truncate.ts';
import { visibleLine } from './visibleText.ts';

// How things are called on the screen: one line, nothing hidden, not longer than a name should be.

// Agents that name their MCP client rather than themselves.
const knownNames: readonly (readonly [RegExp, string])[] = [
  [/^claude-code/i, 'Claude Code'],
  [/^codex/i, 'Codex'],
  [/^gemini-cli/i, 'Gemini CLI'],
];

/**
 * What the person calls this agent; `undefined` stands for one that didn't say who it is. One whose name reads like the person or the
 * product is shown in quotes.
 */
export function agentName(agent: Pick<Agent, 'name' | 'title'> | undefined, l10n: L10n): string {
  const given = agent?.title ?? knownNames.find(([pattern]) => pattern.test(agent?.name ?? ''))?.[1] ?? agent?.name ?? '';
  const name = shorten(visibleLine(given), 40);
  if (name === '') return l10n.t('An agent');
  return passesForAnother(name, l10n.t('You')) ? l10n.t('Agent “{0}”', name.replace(/[·“”"]/g, "'")) : name;
}

/** The same beside the words of the person: that it is an agent stands before its name, whatever it calls itself. */
export function authorName(agent: Pick<Agent, 'name' | 'title'> | undefined, l10n: L10n): string {
  const name = agentName(agent, l10n);
  const isSaid = name === l10n.t('An agent') || passesForAnother(name, l10n.t('You'));
  return isSaid ? name : l10n.t('Agent {0}', name);
}

/** The title of the task, or what stands for one. */
export function taskTitle(task: Task | undefined, l10n: L10n): string {
  const title = task === undefined ? '' : shorten(visibleLine(task.title), 80);
  return title === '' ? l10n.t('no task') : title;
}

const workspaceNames = new WeakMap<Board['workspaces'], ReadonlyMap<string, string>>();

/** The name of the workspace, unlike that of any other, or its id if the board doesn't know it. */
export function workspaceName({ workspaces }: Board, id: string): string {
  const names = workspaceNames.get(workspaces) ?? distinctNames(workspaces.values());
  workspaceNames.set(workspaces, names);
  return names.get(id) ?? id;
}

/** The name of the workspace if there is more than one to tell apart. */
export function workspaceHint(board: Board, id: string): string | undefined {
  return board.workspaces.size > 1 ? workspaceName(board, id) : undefined;
}

/** Puts together the parts that are there. */
export function joinParts(parts: readonly (string | undefined)[]): string {
  return parts.filter((part) => part !== undefined && part !== '').join(' · ');
}
