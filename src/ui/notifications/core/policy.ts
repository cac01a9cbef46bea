import type { NotificationEvent, NotificationKind } from './event.ts';

/**
 * `toastAndSound`: toast and sound. `toast`: toast. `badge`: only in the views and in digests. `silent`: not in digests either. Loudest
 * first.
 */
export const notificationLevels = ['toastAndSound', 'toast', 'badge', 'silent'] as const;
export type NotificationLevel = (typeof notificationLevels)[number];

/** Which folders: all, those open in this window, or none. */
export type NotificationScope = 'all' | 'ownFolders' | 'off';

/** Which notifications the user wants. */
export interface NotificationPolicy {
  /** For questions, permissions, reviews and tasks for the user. */
  readonly questions: NotificationScope;
  /** For messages, and tasks that are finished or blocked. */
  readonly messages: NotificationScope;
  /** The default is `toast`, and `badge` for messages. A task for the user has the level of a question. */
  readonly kinds: Readonly<Partial<Record<Exclude<NotificationKind, 'task'>, NotificationLevel>>>;
  /** By the agent's name in `clientInfo`. */
  readonly agents: Readonly<Record<string, NotificationLevel>>;
}

type Named = Pick<NotificationEvent, 'kind' | 'agent'>;

/** The level of an event: the quietest of those of its kind, its agent and its scope. */
export function levelOf(policy: NotificationPolicy, event: Named): NotificationLevel {
  const said = [
    policy.kinds[event.kind === 'task' ? 'question' : event.kind] ?? (event.kind === 'message' ? 'badge' : undefined),
    Object.hasOwn(policy.agents, event.agent) ? policy.agents[event.agent] : undefined,
  ];
  if (scopeOf(policy, event) === 'off') said.push('badge');
  return notificationLevels.findLast((level) => said.includes(level)) ?? 'toast';
}

/** The scope of events of this kind. */
export function scopeOf(policy: NotificationPolicy, { kind }: Named): NotificationScope {
  return kind === 'finished' || kind === 'blocked' || kind === 'message' ? policy.messages : policy.questions;
}
