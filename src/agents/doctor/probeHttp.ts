import { portOf, readSecret } from '../../home/ownHub.ts';
import { sendToHub } from '../sendToHub.ts';
import type { EntryReach } from './entryReach.ts';
import { eventData } from './eventData.ts';
import type { Introduce, ProbeAnswer, ProbeOptions, ProbeResult } from './probeTypes.ts';
import { readAnswer } from './readAnswer.ts';

/** Reaches the server at an address, with the headers of the entry, once it has proven to be the hub. */
export async function probeHttp(
  { url, headers }: Extract<EntryReach, { kind: 'http' }>,
  { home, signal }: ProbeOptions,
  introduce: Introduce,
): Promise<ProbeResult> {
  const { origin, pathname: path } = new URL(url);
  const port = portOf(origin);
  const secret = readSecret(home);
  if (port === undefined || secret === undefined) return { kind: 'unreachable', reason: `${origin} is no address of your hub` };
  const hub = { port, secret };
  let session: Record<string, string> = {};
  let ids = 0;

  async function post(message: Record<string, unknown>, id?: number): Promise<ProbeAnswer> {
    const sent = await sendToHub(hub, {
      method: 'POST',
      path,
      headers: { ...headers, ...session, 'content-type': 'application/json', accept: 'application/json, text/event-stream' },
      body: JSON.stringify({ jsonrpc: '2.0', ...message, ...(id !== undefined && { id }) }),
      signal,
    });
    if (sent.kind === 'refused') return { kind: 'unreachable', reason: `nothing listens at ${origin}` };
    if (sent.kind === 'unproven') return { kind: 'unreachable', reason: `what listens at ${origin} is not your hub` };
    if (sent.kind === 'broken') return { kind: 'silent', reason: 'the connection broke before an answer came' };
    const { response } = sent;
    const sessionId = response.headers['mcp-session-id'];
    if (typeof sessionId === 'string') session = { 'mcp-session-id': sessionId };
    const status = response.statusCode ?? 0;
    if (status >= 400) return { kind: 'refused', reason: `it answers ${status}: ${reasonIn(await textOf(response))}` };
    if (id === undefined) {
      response.resume();
      return { kind: 'result', result: {} };
    }
    if (response.headers['content-type']?.includes('text/event-stream') === true) {
      for await (const data of eventData(response)) {
        const answer = readAnswer(data, id);
        if (answer !== undefined) return answer;
      }
      return { kind: 'silent', reason: 'its answer broke off' };
    }
    return readAnswer(await textOf(response), id) ?? { kind: 'silent', reason: 'what it answers is not MCP' };
  }

  const result = await introduce(
    async (method, params) => post({ method, params }, (ids += 1)),
    async (method) => void (await post({ method })),
  );
  if (session['mcp-session-id'] !== undefined) {
    const ended = await sendToHub(hub, { method: 'DELETE', path, headers: { ...headers, ...session }, signal });
    if (ended.kind === 'answered') ended.response.resume();
  }
  return result;
}

async function textOf(response: AsyncIterable<unknown>): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of response) chunks.push(Buffer.from(chunk as Uint8Array));
  return Buffer.concat(chunks).toString('utf8');
}

/** The sentence in a refusal of the hub, or the beginning of whatever else it is. */
function reasonIn(text: string): string {
  try {
    const { error } = JSON.parse(text) as { error?: { message?: unknown } };
    if (typeof error?.message === 'string') return error.message;
  } catch {
    // It isn't the hub.
  }
  return text.slice(0, 200);
}
