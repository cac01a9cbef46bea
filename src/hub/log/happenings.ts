import type { Agent, Request } from '../../protocol/model.ts';
import { BoundedMap } from '../../util/boundedMap.ts';
import type { Clock } from '../../util/clock.ts';
import { assertNever } from '../../util/errors.ts';
import { type Disposable, DisposableStore } from '../../util/lifecycle.ts';
import type { Logger } from '../../util/log.ts';
import type { EventLog } from './eventLog.ts';
import type { PresenceFeed } from './presenceFeed.ts';

/** The requests whose last line is remembered, so that a change of something else writes no line again. */
const remembered = 1_000;

/**
 * Writes a line for what happens between agents and the user: who has connected or gone, what was asked, answered, handed over and
 * delivered. No line holds what was said.
 */
export function logHappenings(deps: {
  events: Pick<EventLog, 'onDidPublish'>;
  presence: Pick<PresenceFeed, 'onDidChange' | 'get'>;
  /** The rows of agents. */
  agents: { get(id: string): Agent | undefined; all(): readonly Agent[] };
  clock: Clock;
  log: Logger;
}): Disposable {
  const { events, presence, clock, log } = deps;
  const store = new DisposableStore();
  const last = new BoundedMap<string, string>(remembered);
  const connected = new Set<string>();

  const nameOf = (agentId = ''): string => deps.agents.get(agentId)?.name ?? 'an agent';

  function tellRequest(request: Request): void {
    const words = requestWords(request, nameOf(request.agentId), clock.now());
    const state = `${request.status} ${request.handedOver === true}`;
    if (last.get(request.id) === state) return;
    last.set(request.id, state);
    if (words !== undefined) log.info(words);
  }

  store.add(
    events.onDidPublish((published) => {
      for (const { event } of published) {
        if (event.type === 'request.created' || event.type === 'request.updated') tellRequest(event.payload);
        else if (event.type === 'message.updated' && event.payload.delivery === 'delivered' && event.payload.sender === 'human')
          log.info(`a message of the user in task ${event.payload.taskId} is delivered`);
      }
    }),
  );
  store.add(
    presence.onDidChange(() => {
      for (const { id, name } of deps.agents.all()) {
        const isThere = presence.get(id)?.connected === true;
        if (isThere === connected.has(id)) continue;
        if (isThere) connected.add(id);
        else connected.delete(id);
        log.info(isThere ? `${name} is connected` : `${name} is gone`);
      }
    }),
  );
  return store;
}

function requestWords(request: Request, agent: string, now: number): string | undefined {
  const { id, kind, status, answer, handedOver } = request;
  const named = `${kind} ${id}`;
  switch (status) {
    case 'open':
      return `${agent} waits for the user: ${named}`;
    case 'answered':
      if (handedOver === true) return `the answer to ${named} is handed over to ${agent}`;
      return (answer?.ruleIds?.length ?? 0) > 0 ? `a rule of the user answers ${named}` : `the user has answered ${named}`;
    case 'delivered':
      return `the answer to ${named} is delivered to ${agent}${afterText(answer?.at, now)}`;
    case 'acted':
      return undefined;
    case 'expired':
      return `${agent} no longer waits for ${named}`;
    case 'superseded':
      return `${named} is replaced by a newer one`;
    case 'withdrawn':
      return `${agent} has taken ${named} back`;
    default:
      return assertNever(status);
  }
}

function afterText(since: string | undefined, now: number): string {
  return since === undefined ? '' : ` after ${Math.max(0, Math.round((now - Date.parse(since)) / 100) / 10)} s`;
}
