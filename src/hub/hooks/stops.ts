import { BoundedMap } from '../../util/boundedMap.ts';
import { replyText } from '../agentText/inboxText.ts';
import { markLost } from '../service/deliveries.ts';
import { refusalFor } from '../service/stopTask.ts';
import { type HookCall, type HookDeps, nothing } from './hookCall.ts';
import type { HookAnswer } from './hookEvent.ts';
import { isOwnTool, taskInUse } from './taskInUse.ts';

/** Stops agents at their next tool. */
export interface Stops {
  /** What is said to a tool that is about to start: once it was refused one, a session gets no other but the hub's own in this turn. */
  refuse(call: HookCall<'toolStarts'>): HookAnswer;
  /** The message of a stop whose refusal was not obeyed: the tool of this event was refused, and has run. */
  disobeyed(call: HookCall): string | undefined;
  /** Its refusal never arrived, so the next tool is refused. */
  again(call: HookCall, messageId: string): void;
  /** A turn ends or begins, so tools are no longer refused for what was said in the last one. */
  noteTurn(call: HookCall): void;
  /** Notes which task this session works on, if the tool says so. */
  noteTask(call: HookCall<'toolStarts'> | HookCall<'toolUsed'>): void;
}

const mostRefused = 1_000;

export function createStops({ context }: HookDeps): Stops {
  const { store, transact } = context;
  /** By the agent's own id of a use that was refused: the message that was handed over by that. */
  const refused = new BoundedMap<string, string>(mostRefused);

  /** The sessions that were refused a tool in this turn. */
  const ending = new BoundedMap<string, true>(mostRefused);
  const keyOf = ({ agent, connectionId }: HookCall['caller']): string => `${agent.id} ${connectionId}`;

  return {
    refuse({ dialect, event, caller, exchange }) {
      const { stop } = dialect.write;
      const inSubagent = event.subagent !== undefined;
      const isEnding = ending.get(keyOf(caller)) === true && !isOwnTool(event.tool, caller.agent.workspaceId);
      const refusal = stop === undefined ? undefined : refusalFor(context, caller, { inSubagent, isEnding });
      if (stop === undefined || refusal === undefined) return nothing;
      const { message, isReceipt } = refusal;
      if (isReceipt) {
        ending.set(keyOf(caller), true);
        exchange.load({ requestIds: [], messageIds: [message.id] });
        if (event.externalId !== undefined) refused.set(event.externalId, message.id);
      }
      return stop(replyText(message), event);
    },
    disobeyed({ event }) {
      // A tool that was refused may be reported as failed; as used it is reported only when it ran.
      if (event.kind !== 'toolUsed' || event.name !== 'PostToolUse') return undefined;
      return event.externalId === undefined ? undefined : refused.get(event.externalId);
    },
    again({ event, caller }, messageId) {
      if (event.kind === 'toolUsed' && event.externalId !== undefined) refused.delete(event.externalId);
      markLost(context, { caller, requestIds: [], messageIds: [messageId] });
    },
    noteTurn({ event, caller }) {
      const isTurn = event.kind === 'stop' || event.kind === 'prompt' || event.kind === 'sessionEnd';
      if (isTurn && event.subagent === undefined) ending.delete(keyOf(caller));
    },
    noteTask({ event, caller }) {
      const { agent, connectionId } = caller;
      const id = taskInUse(event, agent.workspaceId);
      const task = id === undefined ? undefined : store.tasks.get(id);
      if (task?.workspaceId === agent.workspaceId && store.tasks.hook(task.id) !== connectionId)
        transact(() => store.tasks.setHook(task.id, connectionId));
    },
  };
}
