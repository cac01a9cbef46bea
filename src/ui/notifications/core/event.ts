import type { Message, Request } from '../../../protocol/model.ts';

/**
 * The kinds of events. `task`: an agent made a task for the user. `finished`, `blocked`: an agent moved a task there; `blocked` includes
 * rejected tasks.
 */
export const notificationKinds = ['question', 'permission', 'review', 'task', 'finished', 'blocked', 'message'] as const;
export type NotificationKind = (typeof notificationKinds)[number];

/** The subject of an event. */
export type NotificationSource =
  | { kind: 'request'; request: Request }
  /** The agent has been waiting in its own window since `at`. */
  | { kind: 'agent'; agentId: string; at: string }
  | { kind: 'message'; message: Message }
  /** The task was moved; `message` is the hub's note about it. */
  | { kind: 'status'; message: Message };

/** Something that is announced once. */
export interface NotificationEvent {
  /** The same in every window. */
  readonly id: string;
  readonly kind: NotificationKind;
  readonly workspaceId: string;
  readonly taskId?: string | undefined;
  readonly agentId?: string | undefined;
  /** The agent's name in `clientInfo`, or empty. */
  readonly agent: string;
  readonly source: NotificationSource;
}

/** `high`: an agent is blocked until the user acts. */
export function urgencyOf(kind: NotificationKind): 'high' | 'low' {
  return kind === 'finished' || kind === 'message' ? 'low' : 'high';
}
