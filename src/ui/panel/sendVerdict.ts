import type { HubApi } from '../../client/hubApi.ts';
import type { FromPage } from '../../protocol/fromPanelPage.ts';
import type { AnswerDraft, Request } from '../../protocol/model.ts';
import type { ToPage } from '../../protocol/toPanelPage.ts';
import { assertNever } from '../../util/errors.ts';
import type { RuleFlow } from '../rules/api.ts';
import type { Verdict } from '../shell/asking.ts';

type Answering = Extract<FromPage, { type: 'answer' | 'decide' | 'always' }>;

/** Called for each request that was answered, with the answer. */
export type Answered = (request: Request, draft: AnswerDraft) => void;

/** Sends the user's answer to a request. Fails if the hub refuses it, for example because the request is closed. */
export async function sendVerdict(
  message: Answering,
  deps: {
    api: HubApi;
    requestOf: (requestId: string) => Request | undefined;
    rules: RuleFlow;
    task: { workspaceId: string };
    send: (message: ToPage) => void;
    answered: Answered;
  },
): Promise<void> {
  const { requestId } = message;
  const request = deps.requestOf(requestId);
  const draft = await draftOf(message, deps);
  if (draft === undefined) return deps.send({ type: 'unanswered', requestId });
  await deps.api.call('answerRequest', { workspaceId: deps.task.workspaceId, requestId, ...draft });
  if (request !== undefined) deps.answered(request, draft);
}

async function draftOf(
  message: Answering,
  { requestOf, rules }: { requestOf: (requestId: string) => Request | undefined; rules: RuleFlow },
): Promise<(AnswerDraft & Verdict) | undefined> {
  switch (message.type) {
    case 'answer':
    case 'decide': {
      const { type: _type, requestId: _requestId, ...draft } = message;
      return draft;
    }
    case 'always': {
      const request = requestOf(message.requestId);
      if (request === undefined) return undefined;
      const outcome = await rules.forRequest(request);
      if (outcome.kind === 'none') return undefined;
      return { decision: 'allow', ...(outcome.kind === 'rule' && { rule: outcome.rule }) };
    }
    default:
      return assertNever(message);
  }
}
