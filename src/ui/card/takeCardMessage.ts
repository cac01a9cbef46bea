import type { CardAnswer, FromCard } from '../../protocol/fromCard.ts';
import type { AnswerDraft, Request } from '../../protocol/model.ts';
import { assertNever } from '../../util/errors.ts';
import type { RuleFlow } from '../rules/api.ts';
import type { Verdict } from '../shell/asking.ts';

/** What the editor opens for a card; `notice` shows why something can't be opened. */
export interface CardOpeners {
  link(address: string): Promise<void>;
  place(place: string, notice: (text: string) => void): Promise<void>;
  /** Opens the lines that a request is about. */
  about(request: Request, notice: (text: string) => void): Promise<void>;
  /** Compares what a request wants to change with the file that is there. */
  edit(request: Request, notice: (text: string) => void): Promise<void>;
  patch(patch: string, notice: (text: string) => void): Promise<void>;
  /** Shows where an agent waits for the user. */
  agent(agentId: string): Promise<void>;
}

/** What acts for the cards of a page. */
export interface CardDesk {
  /** The request with this id, if it belongs to the page. */
  requestOf(requestId: string): Request | undefined;
  /** Sends the answer; fails if the hub refuses it, for example because the request was answered elsewhere. */
  answer(request: Request, draft: AnswerDraft & Verdict): Promise<void>;
  takeBack(request: Request): Promise<void>;
  rules: RuleFlow;
  open: CardOpeners;
  notice(text: string): void;
  /** Nothing was sent, so the buttons of the card work again. */
  unanswered(requestId: string): void;
  /** What is said of a request that doesn't belong to the page. */
  stranger: string;
}

/** Does what a card asks for. Fails like the hub and the editor do. */
export async function takeCardMessage(message: FromCard, desk: CardDesk): Promise<void> {
  const { open, notice } = desk;
  switch (message.type) {
    case 'openLink':
      return open.link(message.address);
    case 'openPlace':
      return open.place(message.place, notice);
    case 'openPatch':
      return open.patch(message.patch, notice);
    case 'showAgent':
      return open.agent(message.agentId);
    default:
  }
  // The page shows text of agents, so it may only speak of its own requests.
  const request = desk.requestOf(message.requestId);
  if (request === undefined) {
    desk.unanswered(message.requestId);
    return notice(desk.stranger);
  }
  switch (message.type) {
    case 'answer':
    case 'decide':
    case 'always': {
      const draft = await draftOf(message, request, desk.rules);
      return draft === undefined ? desk.unanswered(request.id) : desk.answer(request, draft);
    }
    case 'takeBack':
      return desk.takeBack(request);
    case 'openAbout':
      return open.about(request, notice);
    case 'openEdit':
      return open.edit(request, notice);
    default:
      return assertNever(message);
  }
}

/** The answer; `undefined` if the user has made no rule after all. */
async function draftOf(message: CardAnswer, request: Request, rules: RuleFlow): Promise<(AnswerDraft & Verdict) | undefined> {
  if (message.type !== 'always') {
    const { type: _type, requestId: _requestId, ...draft } = message;
    return draft;
  }
  const outcome = await rules.forRequest(request);
  return outcome.kind === 'none' ? undefined : { decision: 'allow', ...(outcome.kind === 'rule' && { rule: outcome.rule }) };
}
