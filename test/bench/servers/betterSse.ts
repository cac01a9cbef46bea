import type { IncomingMessage, ServerResponse } from 'node:http';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { cursorHeader } from '../../../src/protocol/cursor.ts';
import { peersFolder } from '../ensurePeers.ts';
import type { PeerOptions, PeerServer } from './peer.ts';

/** What is used of better-sse 0.16. It is installed apart, so its own types aren't here. */
interface BetterSse {
  createSession(
    request: IncomingMessage,
    response: ServerResponse,
    options: { keepAlive: number; headers: Record<string, string> },
  ): Promise<Session>;
  createChannel(): { register(session: Session): unknown; broadcast(data: unknown, name: string, options: { eventId: string }): unknown };
}

interface Session {
  push(data: unknown, name: string, id: string): unknown;
}

/** A channel of better-sse, as its documents show it; it has no history of its own. */
export function createBetterSse({ keepaliveMs, history }: PeerOptions): PeerServer {
  const library = createRequire(join(peersFolder, 'package.json'))('better-sse') as BetterSse;
  const channel = library.createChannel();
  const kept: { number: number; data: unknown }[] = [];
  let head = 0;
  return {
    get head() {
      return head;
    },
    publish(lines) {
      for (const line of lines) {
        head += 1;
        const data: unknown = JSON.parse(line);
        if (history > 0) kept.push({ number: head, data });
        if (kept.length > history) kept.shift();
        channel.broadcast(data, 'message', { eventId: String(head) });
      }
    },
    subscribe(request, response, after) {
      const headers = { [cursorHeader]: String(head) };
      void library.createSession(request, response, { keepAlive: keepaliveMs, headers }).then((session) => {
        if (after !== undefined) for (const { number, data } of kept) if (number > after) session.push(data, 'message', String(number));
        channel.register(session);
      });
    },
  };
}
