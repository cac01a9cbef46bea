import * as z from 'zod';
import { isConfirmation, isOwnQuestion, waitsText } from '../../service/ownDialogs.ts';
import type { Dialect, HookEvent, OwnDialog } from '../hookEvent.ts';
import { inputOf, plainInput } from '../toolInput.ts';
import { answerDialog, dialogKindOf, readDialog, reportedDialog } from './claudeDialogs.ts';
import {
  claudeReplies,
  type EventHead,
  optionalText,
  type ReportedUse,
  readCommonEvent,
  readHead,
  readReport,
  readToolsDone,
  readToolUse,
  readToolUsed,
  toolSchema,
  toPermission,
} from './claudeForm.ts';

const notificationSchema = z.object({ notification_type: optionalText, message: z.string().min(1) });

/** Those that mean that somebody has to look at its terminal. That it is idle (`idle_prompt`) needs nobody. */
const waitingTypes: ReadonlySet<string | undefined> = new Set(['permission_prompt', 'elicitation_dialog']);

const toolAskedForSchema = z.object({
  tool_name: z.string(),
  // A server of the user's own configs; one of the project, say, may have any name.
  mcp_server: z.object({ name: z.string(), source: z.enum(['local', 'user']) }),
  permission_suggestions: z.array(z.unknown()),
});
const suggestionSchema = z.object({
  type: z.literal('addRules'),
  behavior: z.literal('allow'),
  rules: z.array(z.strictObject({ toolName: z.string() })),
});

/**
 * The tool of an MCP server that it requests permission for only because nothing is set for it. Then it suggests a rule that allows the
 * tool; where a rule of the user says that it has to ask, it suggests none.
 */
function readUnsetTool(body: unknown): { server: string; tool: string } | undefined {
  const { data } = toolAskedForSchema.safeParse(body);
  if (data === undefined) return undefined;
  const { tool_name: name, mcp_server: server, permission_suggestions: suggestions } = data;
  const prefix = `mcp__${server.name}__`;
  const isOffered = suggestions.some((one) => suggestionSchema.safeParse(one).data?.rules.some(({ toolName }) => toolName === name));
  return isOffered && name.startsWith(prefix) ? { server: server.name, tool: name.slice(prefix.length) } : undefined;
}

/** Claude Code, as of 2.1. */
export const claudeCode: Dialect = {
  names: /^claude-code/,
  name: 'claude-code',
  everywhere: false,
  read(body) {
    const found = readHead(body);
    if (found === undefined) return undefined;
    const { head, cwd } = found;
    const other: HookEvent = { ...head, kind: 'other' };
    switch (head.name) {
      case 'PermissionRequest': {
        const use = readToolUse(body);
        if (use === undefined) return other;
        const kind = dialogKindOf(use.tool);
        if (kind !== undefined) return readAsked(head, kind, use, body);
        // Other questions come as permissions too. Allowing one answers it with nothing, so it stays in its terminal.
        if (isOwnQuestion(use.tool)) return { ...head, kind: 'waits', text: waitsText('questions') };
        const unsetTool = readUnsetTool(body);
        return { ...toPermission(head, cwd, use), ...(unsetTool !== undefined && { unsetTool }) };
      }
      case 'PostToolUse':
      case 'PostToolUseFailure':
        return readToolUsed(head, body, reportedDialog);
      case 'PostToolBatch':
        return readToolsDone(head, body, reportedDialog);
      case 'PermissionDenied': {
        const use = readReport(body, reportedDialog);
        return use === undefined ? other : { ...head, kind: 'toolsDone', uses: [use] };
      }
      case 'SubagentStop':
        return { ...head, kind: 'subagentStop' };
      case 'Notification': {
        const { data } = notificationSchema.safeParse(body);
        return data !== undefined && waitingTypes.has(data.notification_type) ? { ...head, kind: 'waits', text: data.message } : other;
      }
      case 'SessionEnd':
        return { ...head, kind: 'sessionEnd' };
      default:
        return readCommonEvent(found, body);
    }
  },
  write: {
    ...claudeReplies,
    answer: answerDialog,
    allow(event) {
      const { name } = event;
      // Without its input the answer is passed over, and the dialog stays.
      const confirmed = event.kind === 'permission' && isConfirmation(event.permission.tool) ? inputOf(event.permission.input) : undefined;
      const decision = { behavior: 'allow', ...(confirmed !== undefined && { updatedInput: confirmed }) };
      return { hookSpecificOutput: { hookEventName: name, decision } };
    },
  },
};

/** What can't be shown or answered whole here stays in its terminal, and so does what a subagent asks. */
function readAsked(head: EventHead, kind: OwnDialog['kind'], { tool, externalId }: ReportedUse, body: unknown): HookEvent {
  const { data } = toolSchema.safeParse(body);
  const asked = head.subagent === undefined ? readDialog(tool, plainInput(data?.tool_input)) : undefined;
  if (asked === undefined) return { ...head, kind: 'waits', text: waitsText(kind) };
  return { ...head, kind: 'dialog', ...asked, input: data?.tool_input, externalId };
}
