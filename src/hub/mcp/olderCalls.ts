import * as z from 'zod';

// AgentRQ's gateways of earlier versions call two tools that have become one since, and write arguments with underscores. Their calls
// are put into today's words before anybody looks at them; the old names are not listed.

const toolCallSchema = z.looseObject({
  method: z.literal('tools/call'),
  params: z.looseObject({ name: z.string(), arguments: z.record(z.string(), z.unknown()).optional() }),
});

const olderTools: ReadonlyMap<string, { name: string; args: Record<string, unknown> }> = new Map([
  ['getNextTask', { name: 'getTask', args: {} }],
  ['getTaskMessages', { name: 'getTask', args: { includeConversation: true } }],
]);

const olderArguments: ReadonlyMap<string, string> = new Map([
  ['task_id', 'taskId'],
  ['chat_id', 'chatId'],
  ['attachment_id', 'attachmentId'],
  ['include_conversation', 'includeConversation'],
]);

/** What an agent posted, a message or several, in today's words; anything that isn't an older call comes back as it is. */
export function modernizeCalls(body: unknown): unknown {
  return Array.isArray(body) ? body.map(modernizeCall) : modernizeCall(body);
}

function modernizeCall(message: unknown): unknown {
  const parsed = toolCallSchema.safeParse(message);
  if (!parsed.success) return message;
  const { params } = parsed.data;
  const { name, args } = olderTools.get(params.name) ?? { name: params.name, args: {} };
  const given = Object.entries(params.arguments ?? {}).map(([key, value]) => [olderArguments.get(key) ?? key, value]);
  return { ...parsed.data, params: { ...params, name, arguments: { ...Object.fromEntries(given), ...args } } };
}
