import { maxWaitSeconds, progressMs } from '../../protocol/limits.ts';
import type { Answer, Request } from '../../protocol/model.ts';
import type { ToolInput } from '../../protocol/tools.ts';
import { askPermission, expireRequest } from '../service/permissions.ts';
import { waitForReplies } from '../service/waiting.ts';
import type { AskDeps } from './askTools.ts';
import type { ToolCall, ToolOutcome } from './toolCall.ts';

// The door for hosts with a permission prompt tool. They read one text, a JSON object, to the letter.

/** Waits as long as the host does: a host that gives up has its own way to decide. */
export async function requestPermission(deps: AskDeps, call: ToolCall, input: ToolInput<'requestPermission'>): Promise<ToolOutcome> {
  const { context, agents } = deps;
  const request = askPermission(context, call.caller, {
    door: 'tool',
    permission: { tool: input.tool_name, input: typeof input.input === 'string' ? input.input : JSON.stringify(input.input ?? {}) },
    externalId: input.tool_use_id,
  });
  const endWaiting = request.answer === undefined ? agents.waiting(call.caller.agent.id, request.id) : () => {};
  try {
    const { answers } = await waitForReplies(
      context,
      call.caller,
      { kind: 'request', requestId: request.id },
      {
        waitMs: maxWaitSeconds * 1000,
        signal: call.signal,
        progressMs,
        onProgress: (waitedMs) => call.progress(`Waiting for the person to allow or deny this (${Math.round(waitedMs / 1000)} s).`),
      },
    );
    const [settled] = answers;
    if (settled?.answer === undefined) return undecided(deps, request);
    return { text: JSON.stringify(verdict(settled.answer, input.input)), requestIds: [settled.id], exact: true };
  } finally {
    endWaiting();
  }
}

function verdict({ decision, note }: Answer, input: unknown): Record<string, unknown> {
  if (decision === 'allow') return { behavior: 'allow', updatedInput: typeof input === 'object' && input !== null ? input : {} };
  return { behavior: 'deny', message: note ?? 'The person has denied this.' };
}

/** Nobody decides for the person: the host is told that nothing was decided, and the request waits for a late answer. */
function undecided({ context }: AskDeps, request: Request): ToolOutcome {
  expireRequest(context, request.id);
  return {
    text: 'The person has not decided, so nothing was allowed. Ask again with the same tool_use_id: the same request is found.',
    isError: true,
    exact: true,
  };
}
