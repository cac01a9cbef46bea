import { Agent, type IncomingMessage, request } from 'node:http';
import { healthSchema } from '../../protocol/operations.ts';

const patienceMs = 2_000;
const maxBytes = 4 * 1024;

// An agent of our own: no proxy of the environment stands between us and this machine.
const connections = new Agent({ keepAlive: false });

/**
 * Whether the program that listens there calls itself a hub, of any user. Only a sentence for the user depends on it: it is sent nothing
 * and trusted with nothing.
 */
export async function looksLikeHub(port: number): Promise<boolean> {
  try {
    const response = await new Promise<IncomingMessage>((resolve, reject) => {
      const options = { host: '127.0.0.1', port, path: '/health', agent: connections, signal: AbortSignal.timeout(patienceMs) };
      request(options, resolve).on('error', reject).end();
    });
    let text = '';
    for await (const chunk of response) {
      text += String(chunk);
      if (text.length > maxBytes) return false;
    }
    return healthSchema.safeParse(JSON.parse(text)).success;
  } catch {
    return false;
  }
}
