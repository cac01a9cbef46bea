import type { Answer } from '../../../protocol/model.ts';
import type { ToolInput } from '../../../protocol/tools.ts';
import { exactText, writeExact } from '../../../util/exactJson.ts';
import { askPermission } from '../../service/permissions.ts';
import type { AskDeps } from './askTools.ts';
import type { ToolCall, ToolResult } from './toolCall.ts';

// For hosts with a permission prompt tool. They read one text, a JSON object, to the letter. It is never a task: the host itself
// needs the verdict to go on, and a permission lasts as long as somebody waits for it.

/** Waits as long as the host does: a host that gives up has its own way to decide. */
export async function requestPermission(
  { context, waits }: AskDeps,
  { caller, signal, progress }: ToolCall,
  input: ToolInput<'requestPermission'>,
): Promise<ToolResult> {
  const request = askPermission(context, caller, {
    source: 'tool',
    permission: { tool: input.tool_name, input: exactText(input.input ?? {}) },
    externalId: input.tool_use_id,
  });
  const answer = await waits.wait(caller, request, {
    signal,
    onProgress: (waitedMs) => progress(`Waiting for the user to allow or deny this (${Math.round(waitedMs / 1000)} s).`),
  });
  if (answer === undefined) return undecided;
  const text = writeExact(verdict(answer, input.input));
  // The host takes words with a deny alone; those of an allow go with the next result.
  const isWhole = answer.note === undefined || answer.decision !== 'allow';
  return { text, exact: true, ...(isWhole ? { requestIds: [request.id] } : { verdictIds: [request.id] }) };
}

function verdict({ decision, note }: Answer, input: unknown): Record<string, unknown> {
  if (decision === 'allow') return { behavior: 'allow', updatedInput: typeof input === 'object' && input !== null ? input : {} };
  return { behavior: 'deny', message: note ?? 'The user has denied this.' };
}

/** Nobody decides for the user: the host is told that nothing was decided, and the request waits for a late answer. */
const undecided: ToolResult = {
  text: 'The user has not decided, so nothing was allowed. Ask again with the same tool_use_id: the same request is found.',
  isError: true,
  exact: true,
};
