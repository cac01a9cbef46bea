import type { Caller } from '../../service/caller.ts';
import type { DeliveryPayload } from '../../service/exchange.ts';

// MCP's tasks (2026-07-28, the extension `io.modelcontextprotocol/tasks`): a call that would wait is answered at once with an id, and its
// client polls for what becomes of it. They are nothing to do with the tasks on a board.

/** A call that goes on as a task, as it stands now. */
export interface CallTask {
  taskId: string;
  status: 'working' | 'input_required' | 'completed' | 'failed' | 'cancelled';
  /** For people who look at the list of tasks in their client; no model is shown it. */
  statusMessage?: string | undefined;
  createdAt: string;
  lastUpdatedAt: string;
  /** What goes with the state: of one that is completed, the result of the call. */
  details?: Readonly<Record<string, unknown>> | undefined;
  /** What the details carry of the user's words. */
  payload?: DeliveryPayload | undefined;
}

/** Where tasks of one kind are kept. It finds those of the caller's agent alone. */
export interface TaskSource {
  find(caller: Caller, taskId: string): CallTask | undefined;
  /** Its client has asked for its state, and does so again after `intervalMs` if it isn't over. */
  polled?(caller: Caller, task: CallTask, intervalMs: number): void;
  /** The client needs it no more. One that is over stays as it is. */
  cancel(caller: Caller, task: CallTask): void;
  /** What the client says to a task that asked it for something. None of the product's does. */
  update?(caller: Caller, task: CallTask, inputResponses: Readonly<Record<string, unknown>>): void;
}

/** Nothing more becomes of it. */
export function isOver({ status }: CallTask): boolean {
  return status === 'completed' || status === 'failed' || status === 'cancelled';
}
