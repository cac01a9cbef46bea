import type { LoggedDecision } from '../../protocol/model.ts';
import type { OperationOutput, ParsedOperationInput } from '../../protocol/operations.ts';
import { searchedLength } from '../storage/searchedWords.ts';
import type { ServiceContext } from './context.ts';

// The log of decisions: what was asked here and is no longer open, and what was taken over from elsewhere.

/** Comes after every id. */
const afterAll = '~';

/** A page ends after so many characters of what agents wanted to do, however few entries that are. */
const inputOfPage = 1_000_000;

/**
 * A piece of the log, the newest request first. The work is bounded: what isn't looked at yet comes with `next`, also after an empty page.
 */
export function listDecisions(
  { store }: ServiceContext,
  { workspaceId, query = '', before = afterAll, limit }: ParsedOperationInput<'listDecisions'>,
): OperationOutput<'listDecisions'> {
  function entryOf(id: string): LoggedDecision | undefined {
    const request = store.requests.get(id);
    if (request === undefined) return store.decisions.get(id);
    const task = request.taskId === undefined ? undefined : store.tasks.get(request.taskId);
    const agent = request.agentId === undefined ? undefined : store.agents.get(request.agentId);
    return { request, ...(task && { taskTitle: task.title }), ...(agent && { agentName: agent.title ?? agent.name }) };
  }

  // One more than is asked for says whether there is more.
  const page = { before, workspaceId, like: `%${query.replace(/[\\%_]/g, '\\$&')}%`, limit: limit + 1 };
  const walks = [store.requests.decided(page), store.decisions.page(page)];
  // Behind where one of them stopped, the other's are not all there is.
  const reached =
    walks
      .map((walk) => walk.reached ?? '')
      .toSorted()
      .at(-1) ?? '';
  const ids = [...new Set(walks.flatMap((walk) => walk.ids))]
    .filter((id) => id >= reached)
    .toSorted()
    .toReversed();
  const decisions: LoggedDecision[] = [];
  let input = 0;
  for (const [index, id] of ids.entries()) {
    const entry = entryOf(id);
    if (entry === undefined) continue;
    decisions.push(entry);
    input += entry.request.permission?.input.length ?? 0;
    const more = index + 1 < ids.length;
    if (more && (decisions.length === limit || input >= inputOfPage)) return { decisions, next: id };
  }
  return { decisions, ...(reached !== '' && { next: reached }) };
}

/** Takes over decisions; tells how many of them were new. What is still open somewhere is no decision, and is left out. */
export function importDecisions({ store, transact }: ServiceContext, entries: readonly LoggedDecision[]): number {
  return transact(() => {
    const fresh = entries.filter(({ request }) => request.status !== 'open' && store.requests.get(request.id) === undefined);
    return fresh.filter((entry) => store.decisions.add(entry, wordsOf(entry))).length;
  });
}

/** All that is searched: of a decision that was taken over the same as of a request (see `searchedWords`). */
function wordsOf({ request: { question, permission, answer }, taskTitle, agentName }: LoggedDecision): string {
  const said = [...(answer?.choices ?? []), answer?.text, answer?.note, answer?.decision];
  const texts = [question, permission?.tool, permission?.input, ...said, taskTitle, agentName];
  return texts.flatMap((text) => (text === undefined ? [] : [text.slice(0, searchedLength)])).join('\n');
}
