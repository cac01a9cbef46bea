import type { IncomingMessage } from 'node:http';

/** The data of each event of an answer, until it ends or breaks. The hub, which has proven itself, writes it on one line. */
export async function* eventData(response: IncomingMessage): AsyncGenerator<string> {
  let rest = '';
  response.setEncoding('utf8');
  try {
    for await (const chunk of response as AsyncIterable<string>) {
      const lines = (rest + chunk).split('\n');
      rest = lines.pop() ?? '';
      for (const line of lines) if (line.startsWith('data:')) yield line.slice('data:'.length);
    }
  } catch {
    // The connection broke.
  }
}
