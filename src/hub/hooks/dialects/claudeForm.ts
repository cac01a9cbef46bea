import * as z from 'zod';
import type { HookEvent, HookReplies, OwnDialog, ToolUseReport } from '../hookEvent.ts';
import { isUsersPrompt, isWakePrompt } from '../isUsersPrompt.ts';
import { inputText, plainInput } from '../toolInput.ts';

// The form that Claude Code gave its hooks, and that other agents took over. What is missing or odd is left out rather than refused.

export const optionalText = z.string().optional().catch(undefined);

/** What stands in every event. */
const eventSchema = z.object({
  hook_event_name: z.string().min(1),
  session_id: optionalText,
  cwd: optionalText,
  agent_id: optionalText,
  agent_type: optionalText,
});

/** Which event it is, of which session, and of which subagent. */
export type EventHead = Pick<HookEvent, 'name' | 'sessionId' | 'subagent'>;

/** The head of an event, and the folder that it comes from. */
export interface FoundHead {
  head: EventHead;
  cwd: string | undefined;
}

/** The head of the event in a body; `undefined` if it is none. */
export function readHead(body: unknown): FoundHead | undefined {
  const { data } = eventSchema.safeParse(body);
  if (data === undefined) return undefined;
  const { hook_event_name: name, session_id: sessionId = '', agent_id: id = '', agent_type: type = '' } = data;
  const subagent = id === '' ? undefined : { id, ...(type !== '' && { type }) };
  return { head: { name, sessionId, ...(subagent !== undefined && { subagent }) }, cwd: data.cwd };
}

/** What stands in the events about a tool. */
export const toolSchema = z.object({ tool_name: z.string().min(1), tool_input: z.unknown(), tool_use_id: optionalText });

/** A use of a tool. `input` is its whole input as text, the same for every event about this use. */
export interface ReportedUse {
  tool: string;
  input: string;
  externalId: string | undefined;
  /** In the agent's words, what it is for. */
  description: string | undefined;
}

/** The use of a tool that an event is about; `undefined` if it doesn't say which, or with what. */
export function readToolUse(body: unknown): ReportedUse | undefined {
  const parsed = toolSchema.safeParse(body);
  if (!parsed.success) return undefined;
  const { tool_name: tool, tool_input: input, tool_use_id: externalId } = parsed.data;
  return { tool, input: inputText(input), externalId, description: tool === 'Bash' ? descriptionIn(input) : undefined };
}

/** It wants to use the tool, and asks whether it may. */
export function toPermission(head: EventHead, cwd: string | undefined, { tool, input, externalId, description }: ReportedUse): HookEvent {
  const { subagent } = head;
  const permission = {
    tool,
    input,
    ...(description !== undefined && { description }),
    ...(cwd !== undefined && { cwd }),
    ...(subagent !== undefined && { subagent }),
  };
  return { ...head, kind: 'permission', permission, externalId };
}

/** The events that mean the same to all agents of this form; any other is `other`. */
export function readCommonEvent({ head, cwd }: FoundHead, body: unknown): HookEvent {
  switch (head.name) {
    case 'PermissionRequest': {
      const use = readToolUse(body);
      return use === undefined ? { ...head, kind: 'other' } : toPermission(head, cwd, use);
    }
    case 'PreToolUse':
      return readToolStarts(head, body);
    case 'PostToolUse':
      return readToolUsed(head, body);
    case 'UserPromptSubmit':
      return readPrompt(head, body);
    case 'Stop':
      return { ...head, kind: 'stop' };
    default:
      return { ...head, kind: 'other' };
  }
}

/** It is about to use the tool that a body says. */
export function readToolStarts(head: EventHead, body: unknown): HookEvent {
  const use = readToolUse(body);
  return use === undefined
    ? { ...head, kind: 'other' }
    : { ...head, kind: 'toolStarts', tool: use.tool, input: use.input, externalId: use.externalId };
}

/** It has used the tool that a body says. */
export function readToolUsed(head: EventHead, body: unknown, dialogOf?: DialogReader): HookEvent {
  const use = readReport(body, dialogOf);
  return use === undefined ? { ...head, kind: 'other' } : { ...head, kind: 'toolUsed', ...use };
}

/** The user, or somebody else, has given it something to do. */
export function readPrompt(head: EventHead, body: unknown): HookEvent {
  const { data } = z.object({ prompt: z.unknown() }).safeParse(body);
  if (isWakePrompt(data?.prompt)) return { ...head, kind: 'prompt', byUser: false, isWake: true };
  return { ...head, kind: 'prompt', byUser: isUsersPrompt(data?.prompt) };
}

const batchSchema = z.object({ tool_calls: z.array(z.unknown()) });

/** Several uses that ran side by side are over. */
export function readToolsDone(head: EventHead, body: unknown, dialogOf: DialogReader = () => undefined): HookEvent {
  const { data } = batchSchema.safeParse(body);
  if (data === undefined) return { ...head, kind: 'other' };
  const uses = data.tool_calls.flatMap((call) => readReport(call, dialogOf) ?? []);
  return { ...head, kind: 'toolsDone', uses };
}

/** The dialog that a tool is, and its input asks for. */
type DialogReader = (tool: string, input: unknown) => OwnDialog | undefined;

/** The use of a tool that a body reports; `undefined` if it doesn't say which, or with what. */
export function readReport(body: unknown, dialogOf: DialogReader = () => undefined): ToolUseReport | undefined {
  const parsed = toolSchema.safeParse(body);
  if (!parsed.success) return undefined;
  const { tool_name: tool, tool_input: input, tool_use_id: externalId } = parsed.data;
  const dialog = dialogOf(tool, plainInput(input));
  return { tool, input: inputText(input), externalId, ...(dialog !== undefined && { dialog }) };
}

export function descriptionIn(input: unknown): string | undefined {
  return z.object({ description: optionalText }).safeParse(plainInput(input)).data?.description;
}

/** Each answer names its event: one with another name is reported to the user as a failed hook. */
export const claudeReplies: Required<Omit<HookReplies, 'answer'>> = {
  allow: ({ name }) => ({ hookSpecificOutput: { hookEventName: name, decision: { behavior: 'allow' } } }),
  deny: (message, { name }) => ({ hookSpecificOutput: { hookEventName: name, decision: { behavior: 'deny', message } } }),
  stop: (text, { name }) => ({
    hookSpecificOutput: { hookEventName: name, permissionDecision: 'deny', permissionDecisionReason: text },
  }),
  goOn: (text) => ({ decision: 'block', reason: text }),
  context: (text, { name }) => ({ hookSpecificOutput: { hookEventName: name, additionalContext: text } }),
};
