import { isObject } from '../../protocol/rpc.ts';
import { BoundedMap } from '../../util/boundedMap.ts';
import type { KeptLists } from './keptLists.ts';
import { alike } from './newerRequest.ts';
import type { RpcRequest } from './rpc.ts';

/** What the hub last said to what may be asked while it is away. */
export interface LastKnown {
  /** The hub has answered. */
  learn(request: RpcRequest, result: unknown): void;
  /** The answer to give while it is away; `undefined`: there is none. */
  find(request: RpcRequest): Readonly<Record<string, unknown>> | undefined;
}

/** Tasks that are remembered, the newest. */
const maxTasks = 200;
/** The client asks as often as this while the hub is away, which costs next to nothing, so that it soon learns what became of its task. */
const awayPollMs = 2_000;

const away = 'AgentRQ is not running in any VS Code window at the moment. What was asked is kept.';

/** @param kept what was known to bridges before this one */
export function createLastKnown(kept: KeptLists): LastKnown {
  const listed = new Map(Object.entries(kept.load()));
  const tasks = new BoundedMap<string, Readonly<Record<string, unknown>>>(maxTasks);

  function learnTask(result: Readonly<Record<string, unknown>>): void {
    const { content: _, ...task } = result;
    const { taskId } = task;
    if (typeof taskId === 'string') tasks.set(taskId, { ...task, resultType: 'complete' });
  }

  return {
    learn(request, result) {
      if (!isObject(result)) return;
      if (isList(request)) {
        listed.set(request.method, result);
        kept.save(Object.fromEntries([...listed].toSorted(([a], [b]) => a.localeCompare(b))));
      } else if (request.method === 'tasks/get' || result['resultType'] === 'task') learnTask(result);
    },
    find(request) {
      if (isList(request)) return listed.get(request.method);
      const { taskId } = request.params;
      const task = request.method === 'tasks/get' && typeof taskId === 'string' ? tasks.get(taskId) : undefined;
      return task?.['status'] === 'working' ? { ...task, pollIntervalMs: awayPollMs, statusMessage: away } : task;
    },
  };
}

/** What the hub can do, and its tools, of which there is one page. */
const lists: readonly string[] = ['server/discover', 'tools/list'];

function isList({ method, params }: RpcRequest): boolean {
  return lists.includes(method) && params['cursor'] === undefined;
}

/** The requests for them, as the agent itself would make them that has made `request`. */
export function listsOf(request: RpcRequest): RpcRequest[] {
  return lists.map((method) => alike(request, method));
}
