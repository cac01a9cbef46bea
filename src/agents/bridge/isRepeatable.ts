import type { RpcRequest } from './rpc.ts';

/** A request that breaks so often may be the reason for it. */
export const maxRepeats = 10;
export const repeatPauseMs = 250;

/** What the agent is told of one that must not be made again. */
export const unknownOutcome =
  'The hub went away while this call was under way; whether it was done is not known. Look with getTask, then repeat it if needed.';

const methods: ReadonlySet<string> = new Set([
  'initialize',
  'server/discover',
  'tools/list',
  'subscriptions/listen',
  'tasks/get',
  'tasks/cancel',
]);

// Asking the same question again finds the same request. All other tools would do their work a second time.
const tools: ReadonlySet<string> = new Set(['getTask', 'getWorkspace', 'downloadAttachment', 'askHuman', 'requestReview', 'waitForReply']);

/** Tells whether a request may be made again when nobody knows what became of it. */
export function isRepeatable({ method, params }: Pick<RpcRequest, 'method' | 'params'>): boolean {
  const tool = params['name'];
  return methods.has(method) || (method === 'tools/call' && typeof tool === 'string' && tools.has(tool));
}
