import type { BoardStore } from '../client/boardStore.ts';
import type { HubApi } from '../client/hubApi.ts';
import type { AnswerDraft, Decision, Request } from '../protocol/model.ts';
import { agentName } from './boardNames.ts';
import { createDecideFlow, type Verdict } from './decideFlow.ts';
import type { L10n } from './l10n.ts';
import type { Pages } from './pages.ts';
import type { PickItem, PromptButton, Prompts } from './prompts.ts';
import { requestHeading } from './requestLine.ts';
import type { RuleFlow } from './ruleFlow.ts';
import { shorten } from './shorten.ts';
import { visibleLine } from './visibleText.ts';

/** Asks the person for the answer to a request and sends it. The same from a toast, a row and the palette. */
export interface AnswerFlow {
  /** Escape, or nothing picked, leaves the request open. Fails as `HubApi.call` does; what was typed is there again next time. */
  ask(requestId: string): Promise<void>;
  /** Sends this choice as it is. */
  choose(requestId: string, choice: string): Promise<void>;
  /** Sends this verdict on a permission, which the person has seen whole. */
  decide(requestId: string, decision: Decision): Promise<void>;
}

type Picked = { kind: 'choice'; choice: string } | { kind: 'other' };

/** What a round of questions ended with. */
type Outcome = { kind: 'answer'; draft: AnswerDraft } | { kind: 'open' } | { kind: 'none' };

export function createAnswerFlow(deps: {
  board: BoardStore;
  api: HubApi;
  prompts: Prompts;
  pages: Pages;
  rules: RuleFlow;
  l10n: L10n;
}): AnswerFlow {
  const { board, api, prompts, pages, l10n } = deps;
  /** What was typed and not sent, by request. */
  const drafts = new Map<string, string>();
  const askForVerdict = createDecideFlow({ ...deps, drafts });

  async function findOpen(requestId: string): Promise<Request | undefined> {
    const request = board.board.requests.get(requestId);
    if (request?.status === 'open') return request;
    await prompts.toast(
      'info',
      l10n.t('This request was already answered elsewhere, or the agent no longer waits for it. Nothing was sent.'),
    );
    return undefined;
  }

  async function send(request: Request, draft: AnswerDraft & Verdict): Promise<void> {
    await api.call('answerRequest', { workspaceId: request.workspaceId, requestId: request.id, ...draft });
    drafts.delete(request.id);
  }

  async function askInWords(request: Request): Promise<Outcome> {
    const result = await prompts.input({
      title: title(request),
      prompt: shorten(visibleLine(request.question.slice(0, 2_000)), 300),
      placeholder: l10n.t('Your answer'),
      value: drafts.get(request.id) ?? '',
      required: l10n.t('Write an answer, or press Escape to leave the question open.'),
      button: openButton(),
    });
    drafts.set(request.id, result.value);
    if (result.kind === 'button') return { kind: 'open' };
    return result.kind === 'accepted' ? { kind: 'answer', draft: { text: result.value } } : { kind: 'none' };
  }

  async function askForOne(request: Request): Promise<Outcome> {
    const result = await prompts.pickOne(items(request), pickOptions(request));
    if (result.kind === 'button') return { kind: 'open' };
    if (result.kind === 'dismissed') return { kind: 'none' };
    if (result.value.kind === 'other') return askInWords(request);
    return { kind: 'answer', draft: { choices: [result.value.choice] } };
  }

  async function askForSeveral(request: Request): Promise<Outcome> {
    const result = await prompts.pickMany(items(request), pickOptions(request));
    if (result.kind === 'button') return { kind: 'open' };
    if (result.kind === 'dismissed' || result.value.length === 0) return { kind: 'none' };
    const choices = result.value.flatMap((picked) => (picked.kind === 'choice' ? [picked.choice] : []));
    if (choices.length === result.value.length) return { kind: 'answer', draft: { choices } };
    const words = await askInWords(request);
    return words.kind === 'answer' && choices.length > 0 ? { kind: 'answer', draft: { ...words.draft, choices } } : words;
  }

  function items(request: Request): PickItem<Picked>[] {
    return [
      ...request.choices.map((choice) => ({ label: visibleLine(choice), value: { kind: 'choice', choice } as const })),
      { label: l10n.t('Other…'), description: l10n.t('an answer in your own words'), value: { kind: 'other' } },
    ];
  }

  function pickOptions(request: Request): { title: string; placeholder: string; button: PromptButton } {
    return { title: title(request), placeholder: shorten(visibleLine(request.question.slice(0, 2_000)), 300), button: openButton() };
  }

  function title(request: Request): string {
    return requestHeading(
      request,
      agentName(request.agentId === undefined ? undefined : board.board.agents.get(request.agentId), l10n),
      l10n,
    );
  }

  function openButton(): PromptButton {
    return { icon: 'go-to-file', tooltip: l10n.t('Open the whole question') };
  }

  async function askQuestion(request: Request): Promise<Outcome> {
    if (request.choices.length === 0) return askInWords(request);
    return request.multiple ? askForSeveral(request) : askForOne(request);
  }

  async function askForDraft(request: Request): Promise<(AnswerDraft & Verdict) | undefined> {
    if (request.permission !== undefined) return askForVerdict(request, request.permission);
    const outcome = await askQuestion(request);
    if (outcome.kind === 'open') await pages.openRequest(request);
    return outcome.kind === 'answer' ? outcome.draft : undefined;
  }

  /** Sends what `draftOf` says, unless the request was settled before or meanwhile. */
  async function answer(requestId: string, draftOf: (request: Request) => Promise<(AnswerDraft & Verdict) | undefined>): Promise<void> {
    const request = await findOpen(requestId);
    if (request === undefined) return;
    const draft = await draftOf(request);
    if (draft !== undefined && (await findOpen(requestId)) !== undefined) await send(request, draft);
  }

  return {
    ask: (requestId) => answer(requestId, askForDraft),
    choose: (requestId, choice) => answer(requestId, async () => ({ choices: [choice] })),
    decide: (requestId, decision) => answer(requestId, async () => ({ decision })),
  };
}
