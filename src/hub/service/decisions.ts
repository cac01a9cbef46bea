import type { LoggedDecision, Request } from '../../protocol/model.ts';
import type { OperationOutput, ParsedOperationInput } from '../../protocol/operations.ts';
import type { ServiceContext } from './context.ts';

// The log of decisions: what was asked here and is no longer open, and what was taken over from elsewhere.

/** Comes after every id. */
const afterAll = '~';

/** A piece of the log, the newest request first. */
export function listDecisions(
  { store }: ServiceContext,
  { workspaceId, query = '', before = afterAll, limit }: ParsedOperationInput<'listDecisions'>,
): OperationOutput<'listDecisions'> {
  function withNames(request: Request): LoggedDecision {
    const task = request.taskId === undefined ? undefined : store.tasks.get(request.taskId);
    const agent = request.agentId === undefined ? undefined : store.agents.get(request.agentId);
    return { request, ...(task && { taskTitle: task.title }), ...(agent && { agentName: agent.title ?? agent.name }) };
  }

  // One more than is asked for says whether there is more.
  const page = { before, workspaceId, like: `%${query.replace(/[\\%_]/g, '\\$&')}%`, limit: limit + 1 };
  const own = store.requests.decided(page).map(withNames);
  const entries = [...own, ...store.decisions.page(page)].toSorted((left, right) => (left.request.id < right.request.id ? 1 : -1));
  const decisions = entries.slice(0, limit);
  const last = decisions.at(-1);
  return { decisions, ...(entries.length > limit && last !== undefined && { next: last.request.id }) };
}

/** Takes over decisions; tells how many of them were new. What is still open somewhere is no decision, and is left out. */
export function importDecisions({ store, transact }: ServiceContext, entries: readonly LoggedDecision[]): number {
  return transact(() => {
    const fresh = entries.filter(({ request }) => request.status !== 'open' && store.requests.get(request.id) === undefined);
    return fresh.filter((entry) => store.decisions.add(entry, wordsOf(entry))).length;
  });
}

/** All that is searched. */
function wordsOf({ request: { question, permission, answer }, taskTitle, agentName }: LoggedDecision): string {
  const said = [...(answer?.choices ?? []), answer?.text, answer?.note, answer?.decision];
  return [question, permission?.tool, permission?.input, ...said, taskTitle, agentName].filter((part) => part !== undefined).join('\n');
}
