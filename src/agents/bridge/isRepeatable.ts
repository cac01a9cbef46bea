import type { RpcRequest } from './rpc.ts';

const methods: ReadonlySet<string> = new Set(['initialize', 'tools/list']);

// Asking the same question again finds the same request. All other tools would do their work a second time.
const tools: ReadonlySet<string> = new Set(['getTask', 'getWorkspace', 'downloadAttachment', 'askHuman', 'requestReview', 'waitForReply']);

/** Tells whether a request may be made again when nobody knows what became of it. */
export function isRepeatable({ method, params }: Pick<RpcRequest, 'method' | 'params'>): boolean {
  const tool = params['name'];
  return methods.has(method) || (method === 'tools/call' && typeof tool === 'string' && tools.has(tool));
}
