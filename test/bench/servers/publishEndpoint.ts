import type { IncomingMessage, ServerResponse } from 'node:http';
import { createAgents } from '../../../src/hub/service/agents.ts';
import type { Caller } from '../../../src/hub/service/caller.ts';
import type { ServiceContext } from '../../../src/hub/service/context.ts';
import { replyAsAgent } from '../../../src/hub/service/messages.ts';
import { createTask, moveTaskAsAgent } from '../../../src/hub/service/tasks.ts';
import { openWorkspace } from '../../../src/hub/service/workspaces.ts';
import { benchToken } from './benchToken.ts';
import { readLines } from './readLines.ts';

/**
 * `POST /_bench/publish`: each line of the body becomes a message of an agent, by the service's own way and with its commit. Lines that
 * came in one turn are one transaction. 204 when all are committed. It is mounted by the benchmarks alone.
 */
export function createPublishEndpoint(context: ServiceContext): (request: IncomingMessage, response: ServerResponse) => boolean {
  // Before anybody reads the log: what is published is all that a reader sees.
  const { caller, taskId } = makeTarget(context);
  return (request, response) => {
    if (request.method !== 'POST' || request.url !== '/_bench/publish') return false;
    if (request.headers.authorization !== `Bearer ${benchToken}`) {
      response.writeHead(401, { connection: 'close' }).end();
      return true;
    }
    const publish = (lines: readonly string[]): void =>
      context.transact(() => {
        for (const line of lines) replyAsAgent(context, caller, taskId, line);
      });
    readLines(request, publish).then(
      () => response.writeHead(204).end(),
      (error: unknown) => response.writeHead(500, { connection: 'close' }).end(String(error)),
    );
    return true;
  };
}

/** A task that an agent works on. */
function makeTarget(context: ServiceContext): { caller: Caller; taskId: string } {
  const { id: workspaceId } = openWorkspace(context, { name: 'bench', description: '' });
  const agents = createAgents(context);
  const caller: Caller = { agent: agents.heard(workspaceId, { name: 'bench' }), connectionId: 'session:bench' };
  agents.dispose();
  const draft = { workspaceId, title: 'Bench', body: '', assignee: 'agent', createdBy: 'agent', caller } as const;
  const { id: taskId } = createTask(context, draft);
  moveTaskAsAgent(context, caller, taskId, 'ongoing');
  return { caller, taskId };
}
