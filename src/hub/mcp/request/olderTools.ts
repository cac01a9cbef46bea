import type { Post, WireMessage } from './readPost.ts';

// AgentRQ's gateways of earlier versions call two tools that have become one since. The old names are not listed.

const olderTools: ReadonlyMap<unknown, { name: string; args: Record<string, unknown> }> = new Map([
  ['getNextTask', { name: 'getTask', args: {} }],
  ['getTaskMessages', { name: 'getTask', args: { includeConversation: true } }],
]);

/** What an agent posted, in today's words; anything that isn't an older call comes back as it is. */
export function modernizeCalls(body: Post['body']): Post['body'] {
  return Array.isArray(body) ? body.map(modernizeCall) : modernizeCall(body);
}

function modernizeCall(message: WireMessage): WireMessage {
  const { method, params } = message;
  const today = method === 'tools/call' ? olderTools.get(params?.['name']) : undefined;
  if (today === undefined) return message;
  const given = params?.['arguments'];
  return { ...message, params: { ...params, name: today.name, arguments: { ...(given as object), ...today.args } } };
}
