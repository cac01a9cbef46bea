import type { IncomingMessage } from 'node:http';
import { bridgeHeader } from '../../../protocol/mcpTasks.ts';
import { sessionVia } from '../../service/caller.ts';

const wellFormed = /^[\w-]{8,64}$/;

/** The connection of an agent that comes over a bridge: in the newer era only the bridge tells its agent from another one of the same name. */
export function bridgeVia({ headers }: IncomingMessage): string | undefined {
  const id = headers[bridgeHeader];
  return typeof id === 'string' && wellFormed.test(id) ? sessionVia(`bridge.${id}`) : undefined;
}
