import type { Agent, Message, Request } from '../../protocol/model.ts';
import { hookConnection } from '../service/caller.ts';
import type { ServiceContext } from '../service/context.ts';
import { unread } from '../service/deliveries.ts';
import type { WakeSession } from './wakeSessions.ts';

/** Something that the user has done, and that nobody has given to the agent yet. */
export interface News {
  id: string;
  /** What the agent is to ask for. */
  about: { taskId: string } | { requestId: string };
  /** The session whose hooks have said that it works on the task, if one has, and the connection that it is meant for, if it is for one. */
  hook: string | undefined;
  connectionId: string | undefined;
}

/**
 * What each of the sessions of an agent is to hear of: a thing goes to the session that it is meant for, or else to the one that was heard
 * last.
 */
export function newsOf(context: ServiceContext, agent: Agent, sessions: readonly WakeSession[]): ReadonlyMap<WakeSession, readonly News[]> {
  const bySession = new Map(sessions.map((session) => [session, newsFor(context, agent, session)] as const));
  const owners = new Map<string, WakeSession>();
  for (const [session, news] of bySession) {
    for (const one of news) {
      const known = owners.get(one.id);
      if (known === undefined || closeness(session, one) >= closeness(known, one)) owners.set(one.id, session);
    }
  }
  return new Map([...bySession].map(([session, news]) => [session, news.filter(({ id }) => owners.get(id) === session)]));
}

/** How surely the thing is this session's. Several of one program may share a connection, so its task counts as well. */
function closeness({ id, connectionIds }: WakeSession, { hook, connectionId }: News): number {
  const own = hookConnection(id);
  return (connectionId !== undefined && (connectionId === own || connectionIds.has(connectionId)) ? 2 : 0) + (hook === own ? 1 : 0);
}

/**
 * What none of the ends of the session has been given: what was written to one that is gone since, and that nothing has proven, is perhaps
 * lost with its program. What rules of the user have answered is no act of theirs.
 */
function newsFor(context: ServiceContext, agent: Agent, session: WakeSession): News[] {
  const { store, connections } = context;
  const open = [...session.connectionIds].filter((connectionId) => connections.isOpen(agent.id, connectionId));
  const ends = [hookConnection(session.id), ...open].map((connectionId) => unread(context, { agent, connectionId }));
  const [first, ...others] = ends;
  if (first === undefined) return [];
  const isLeft = (id: string): boolean =>
    others.every(({ answers, messages }) => answers.some((one) => one.id === id) || messages.some((one) => one.id === id));
  const answerNews = ({ id, taskId }: Request): News => {
    const connectionId = store.requests.route(id)?.connectionId;
    return taskId === undefined
      ? { id, about: { requestId: id }, hook: undefined, connectionId }
      : { id, about: { taskId }, hook: store.tasks.hook(taskId), connectionId };
  };
  const messageNews = ({ id, taskId }: Message): News => {
    const meantFor = store.messages.recipient(id);
    return {
      id,
      about: { taskId },
      hook: store.tasks.hook(taskId),
      connectionId: meantFor === undefined ? store.tasks.connectionOf(taskId) : meantFor.connectionId,
    };
  };
  const answers = first.answers.filter(({ answer }) => answer !== undefined && answer.ruleIds === undefined);
  return [...answers.map(answerNews), ...first.messages.map(messageNews)].filter(({ id }) => isLeft(id));
}
