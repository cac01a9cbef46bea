import type { HubApi } from '../../client/hubApi.ts';
import type { FromPage } from '../../protocol/fromPanelPage.ts';
import type { AnswerDraft, Request } from '../../protocol/model.ts';
import type { ToPage } from '../../protocol/toPanelPage.ts';
import { assertNever } from '../../util/errors.ts';
import type { RuleFlow } from '../rules/api.ts';
import type { Verdict } from '../shell/asking.ts';

type Answering = Extract<FromPage, { type: 'answer' | 'decide' | 'always' }>;

/** Hears of each request that was answered, and with what. */
export type Answered = (request: Request, draft: AnswerDraft) => void;

/** Sends the person's answer to a request. The hub refuses it if the request was settled meanwhile, and then this fails. */
export async function sendVerdict(
  order: Answering,
  deps: {
    api: HubApi;
    requestOf: (requestId: string) => Request | undefined;
    rules: RuleFlow;
    task: { workspaceId: string };
    send: (message: ToPage) => void;
    answered: Answered;
  },
): Promise<void> {
  const { requestId } = order;
  const request = deps.requestOf(requestId);
  const draft = await draftOf(order, deps);
  if (draft === undefined) return deps.send({ type: 'unanswered', requestId });
  await deps.api.call('answerRequest', { workspaceId: deps.task.workspaceId, requestId, ...draft });
  if (request !== undefined) deps.answered(request, draft);
}

async function draftOf(
  order: Answering,
  { requestOf, rules }: { requestOf: (requestId: string) => Request | undefined; rules: RuleFlow },
): Promise<(AnswerDraft & Verdict) | undefined> {
  switch (order.type) {
    case 'answer':
    case 'decide': {
      const { type: _type, requestId: _requestId, ...draft } = order;
      return draft;
    }
    case 'always': {
      const request = requestOf(order.requestId);
      if (request === undefined) return undefined;
      const outcome = await rules.forRequest(request);
      if (outcome.kind === 'none') return undefined;
      return { decision: 'allow', ...(outcome.kind === 'rule' && { rule: outcome.rule }) };
    }
    default:
      return assertNever(order);
  }
}
