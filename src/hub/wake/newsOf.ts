import type { Agent, Message, Request } from '../../protocol/model.ts';
import { hookVia } from '../service/caller.ts';
import type { ServiceContext } from '../service/context.ts';
import { unread } from '../service/deliveries.ts';
import type { WakeSession } from './wakeSessions.ts';

/** Something that the user has done, and that nobody has given to the agent yet. */
export interface News {
  id: string;
  /** What the agent is to ask for. */
  about: { taskId: string } | { requestId: string };
  /** The connection that it is meant for, if it is for one. */
  via: string | undefined;
}

/** What each of the sessions of an agent is to hear of: a thing goes to the session that it is meant for, or else to the one that was heard last. */
export function newsOf(context: ServiceContext, agent: Agent, sessions: readonly WakeSession[]): ReadonlyMap<WakeSession, readonly News[]> {
  const bySession = new Map(sessions.map((session) => [session, newsFor(context, agent, session)] as const));
  const owners = new Map<string, WakeSession>();
  for (const [session, news] of bySession) {
    for (const { id, via } of news) {
      const known = owners.get(id);
      if (known === undefined || isOf(session, via) || !isOf(known, via)) owners.set(id, session);
    }
  }
  return new Map([...bySession].map(([session, news]) => [session, news.filter(({ id }) => owners.get(id) === session)]));
}

function isOf(session: WakeSession, via: string | undefined): boolean {
  return via !== undefined && (via === hookVia(session.id) || session.vias.has(via));
}

/** What none of the ends of the session has been given. What rules of the user have answered is no act of theirs. */
function newsFor(context: ServiceContext, agent: Agent, session: WakeSession): News[] {
  const { store } = context;
  const ends = [hookVia(session.id), ...session.vias].map((via) => unread(context, { agent, via }));
  const [first, ...others] = ends;
  if (first === undefined) return [];
  const isLeft = (id: string): boolean =>
    others.every(({ answers, messages }) => answers.some((one) => one.id === id) || messages.some((one) => one.id === id));
  const answerNews = ({ id, taskId }: Request): News => {
    return { id, about: taskId === undefined ? { requestId: id } : { taskId }, via: store.requests.route(id)?.via };
  };
  const messageNews = ({ id, taskId }: Message): News => {
    const meantFor = store.messages.recipient(id);
    return { id, about: { taskId }, via: meantFor === undefined ? store.tasks.via(taskId) : meantFor.via };
  };
  const answers = first.answers.filter(({ answer }) => answer !== undefined && answer.ruleIds === undefined);
  return [...answers.map(answerNews), ...first.messages.map(messageNews)].filter(({ id }) => isLeft(id));
}
