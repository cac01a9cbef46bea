import type { AttentionEvent, AttentionKind } from './event.ts';

/** `toastAndSound`: announced, and heard. `toast`: announced. `badge`: shown where one looks, and counted in digests. `silent`: not even counted. Loudest first. */
export const attentionLevels = ['toastAndSound', 'toast', 'badge', 'silent'] as const;
export type AttentionLevel = (typeof attentionLevels)[number];

/** Of which folders: of every one, of those open in this window, or none. */
export type AttentionScope = 'all' | 'ownFolders' | 'off';

/** What the person wants to hear of. */
export interface AttentionPolicy {
  /** For questions, permissions, reviews and tasks for the person. */
  readonly questions: AttentionScope;
  /** For messages, and tasks that are finished or blocked. */
  readonly messages: AttentionScope;
  /** A kind that isn't there is a `toast`. A task for the person is as loud as a question. */
  readonly kinds: Readonly<Partial<Record<Exclude<AttentionKind, 'task'>, AttentionLevel>>>;
  /** By the agent's name in `clientInfo`. */
  readonly agents: Readonly<Record<string, AttentionLevel>>;
}

type Named = Pick<AttentionEvent, 'kind' | 'agent'>;

/** How loud an event is: what its kind, its agent and its scope say, whichever is quietest. */
export function levelOf(policy: AttentionPolicy, event: Named): AttentionLevel {
  const said = [
    policy.kinds[event.kind === 'task' ? 'question' : event.kind],
    Object.hasOwn(policy.agents, event.agent) ? policy.agents[event.agent] : undefined,
  ];
  if (scopeOf(policy, event) === 'off') said.push('badge');
  return attentionLevels.findLast((level) => said.includes(level)) ?? 'toast';
}

/** Of which folders events of this kind are announced. */
export function scopeOf(policy: AttentionPolicy, { kind }: Named): AttentionScope {
  return kind === 'finished' || kind === 'blocked' || kind === 'message' ? policy.messages : policy.questions;
}
