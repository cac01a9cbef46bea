import type { Message, Request } from '../../../protocol/model.ts';

/** What may call for the person. `task`: an agent has made one for them. `finished` and `blocked`: an agent moved a task there; `blocked` is also what it gave up. */
export const attentionKinds = ['question', 'permission', 'review', 'task', 'finished', 'blocked', 'message'] as const;
export type AttentionKind = (typeof attentionKinds)[number];

/** What an event is about. */
export type AttentionSource =
  | { kind: 'request'; request: Request }
  /** The agent waits in a place of its own, since `at`. */
  | { kind: 'agent'; agentId: string; at: string }
  | { kind: 'message'; message: Message }
  /** The task moved; `message` is the hub's note of it. */
  | { kind: 'status'; message: Message };

/** One thing that is announced once. */
export interface AttentionEvent {
  /** The same in every window. */
  readonly id: string;
  readonly kind: AttentionKind;
  readonly workspaceId: string;
  readonly taskId?: string | undefined;
  readonly agentId?: string | undefined;
  /** The agent's name in `clientInfo`, or empty. */
  readonly agent: string;
  readonly source: AttentionSource;
}

/** `high`: an agent has stopped, and goes on when the person has done something. */
export function urgencyOf(kind: AttentionKind): 'high' | 'low' {
  return kind === 'finished' || kind === 'message' ? 'low' : 'high';
}
