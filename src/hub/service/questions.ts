import { HubError } from '../../protocol/hubErrors.ts';
import { limits } from '../../protocol/limits.ts';
import type { Place, Request, RequestKind } from '../../protocol/model.ts';
import type { Caller } from './caller.ts';
import type { ServiceContext } from './context.ts';
import { checkOpenCount, openRequest } from './openRequest.ts';
import { soleOngoingTask, takeFreeTask } from './tasks.ts';

/** What an agent asks, or hands in for review. */
export interface Question {
  kind: Extract<RequestKind, 'question' | 'review'>;
  question: string;
  choices?: string[] | undefined;
  multiple?: boolean | undefined;
  taskId?: string | undefined;
  place?: Place | undefined;
}

/** An agent that was told an answer as the end of a task may ask once more in so many milliseconds, to have it as a plain result. */
const askAgainMs = 120_000;

/**
 * Puts a question or a review before the user. The same question of the same agent finds the request that is still open, or whose answer
 * the agent has not been seen to receive: so a call that is repeated after a time-out asks nothing twice.
 */
export function askQuestion(context: ServiceContext, caller: Caller, asked: Question): Request {
  const { store, clock } = context;
  const { agent } = caller;
  const { kind, place } = asked;
  const question = asked.question.trim();
  const choices = trimmed(asked.choices ?? []);
  checkQuestion(kind === 'review' ? 'summary' : 'question', question);
  const task = asked.taskId === undefined ? undefined : takeFreeTask(context, caller, asked.taskId);
  const multiple = asked.multiple === true && choices.length > 1;
  const at = place === undefined ? [] : [place.file, place.line, place.endLine];
  const key = JSON.stringify([agent.id, task?.id, question, choices, multiple, ...(kind === 'review' ? [kind] : []), ...at]);
  const known = store.requests.byAskKey(agent.workspaceId, key);
  if (known !== undefined) return known;
  const told = store.requests.toldByTask(agent.workspaceId, key, new Date(clock.now() - askAgainMs).toISOString());
  if (told !== undefined) return told;
  checkOpenCount(context, agent);
  const taskId = task?.id ?? soleOngoingTask(context, caller);
  const { id: agentId, workspaceId } = agent;
  return openRequest(
    context,
    { workspaceId, taskId, agentId, kind, question, place, choices, multiple },
    { route: { connectionId: caller.connectionId, source: 'tool' }, askKey: key },
  );
}

function checkQuestion(name: 'question' | 'summary', question: string): void {
  if (question === '') throw new HubError('invalid_input', `${name} is required`);
  if (question.length > limits.text)
    throw new HubError('invalid_input', `The ${name} is longer than ${limits.text} characters. Shorten it.`);
}

/** Can the user be given these to choose from? */
export function areChoices(choices: readonly string[]): boolean {
  const given = trimmed(choices);
  return given.length <= limits.choices && given.every((choice) => choice.length <= limits.choice);
}

function trimmed(choices: readonly string[]): string[] {
  return [...new Set(choices.map((choice) => choice.trim()))].filter((choice) => choice !== '');
}
