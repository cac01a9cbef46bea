import type { IncomingMessage } from 'node:http';
import { mayChangeNumbers, parseExact } from '../../util/exactJson.ts';
import { hasHalves, parseBody, readText } from '../http/body.ts';
import { plainInput } from './toolInput.ts';

/** What an agent gives a tool. It is shown, decided on and given back to the letter. */
const input = 'tool_input';

/** The body of a hook; `undefined` if it has none. @throws HubError as `readJson` */
export async function readEvent(request: IncomingMessage): Promise<unknown> {
  const text = await readText(request);
  if (text === undefined) return undefined;
  return hasHalves(text) || mayChangeNumbers(text) ? plain(parseBody(text, parseExact)) : parseBody(text, JSON.parse);
}

/** Everything else as it is stored and sent. */
function plain(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(plain);
  if (typeof value !== 'object' || value === null) return plainInput(value);
  return Object.fromEntries(Object.entries(value).map(([name, member]) => [name, name === input ? member : plain(member)]));
}
