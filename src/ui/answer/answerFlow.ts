import type { BoardStore } from '../../client/boardStore.ts';
import type { HubApi } from '../../client/hubApi.ts';
import { agentsWaitingElsewhere, requestsByNeed } from '../../client/needs.ts';
import type { AnswerDraft, Request } from '../../protocol/model.ts';
import type { Clock } from '../../util/clock.ts';
import { lazy } from '../../util/lazy.ts';
import type { LoadDialogs } from '../dialogs/api.ts';
import type { Pages } from '../panel/api.ts';
import type { RuleFlow } from '../rules/api.ts';
import type { Asked, Asking, Verdict } from '../shell/asking.ts';
import { createDrafts } from '../shell/drafts.ts';
import { explainFailure, isLate } from '../shell/errors.ts';
import type { Memory } from '../shell/memory.ts';
import type { PromptButton, Prompts, Severity } from '../shell/prompts.ts';
import { answerable, type Interruption, type Watch, watchRequest } from '../shell/watchRequest.ts';
import { agentName, joinParts, taskTitle } from '../text/displayNames.ts';
import type { L10n } from '../text/l10n.ts';
import { elsewhereSentence, requestHeading } from '../text/requestTitle.ts';
import { truncate } from '../text/truncate.ts';
import type { AnswerFlow } from './api.ts';
import { createPermissionPrompt } from './permissionPrompt.ts';
import { createQuestionPrompt } from './questionPrompt.ts';
import { createReviewPrompt } from './reviewPrompt.ts';
import { nextInRound, previousInRound, progressOf, type Round, type RoundProgress } from './round.ts';
import { createSameAnswer } from './sameAnswer.ts';
import type { SavedAnswers } from './savedAnswers.ts';

/** The position of a request in a round. */
interface RoundPosition {
  progress: RoundProgress;
  mayGoBack: boolean;
}

/** How asking about one request ended. */
type End = 'answered' | 'settled' | 'skipped' | 'back' | 'left';

export function createAnswerFlow(deps: {
  board: BoardStore;
  api: HubApi;
  prompts: Prompts;
  pages: Pages;
  rules: RuleFlow;
  loadDialogs: LoadDialogs;
  saved: SavedAnswers;
  /** Where drafts are stored. */
  memory: Memory;
  clock: Clock;
  /** Called for each answer that was sent. */
  answered: (request: Request) => void;
  l10n: L10n;
}): AnswerFlow {
  const { board, api, prompts, pages, l10n } = deps;
  const drafts = createDrafts(deps.memory, deps.clock);
  const askForVerdict = createPermissionPrompt({ ...deps, drafts });
  const askForReview = createReviewPrompt({ ...deps, drafts });
  const askQuestion = createQuestionPrompt({ ...deps, drafts });
  const loadedDialogs = lazy(() => deps.loadDialogs({ prompts, pages, drafts, send: answerAtOnce, l10n }));
  /** Requests that were answered in this window, as they were before: their events may not have arrived yet. */
  const sent = new Map<string, Request>();
  const offerSame = createSameAnswer({ ...deps, given: noteSent });
  /** The request that the round is asking about; `undefined` while there is no round. */
  let inRound: { watch?: Watch | undefined; beginsAgain: boolean } | undefined;

  /** Shows a toast without waiting for it to close. */
  function say(text: string, severity: Severity = 'info'): void {
    void prompts.toast(severity, text);
  }

  function findOpen(requestId: string): Request | undefined {
    const request = answerable(board, requestId);
    if (request !== undefined) return request;
    // A draft is deleted only once the request is answered; any other request may be opened again.
    if (board.board.requests.has(requestId)) drafts.delete(requestId);
    say(l10n.t('This request was already answered elsewhere, or the agent no longer waits for it. Nothing was sent.'));
    return undefined;
  }

  async function send(request: Request, draft: AnswerDraft & Verdict, by: 'prompt' | 'toast'): Promise<void> {
    const isLateAnswer = answerable(board, request.id)?.status === 'expired';
    const result = await api.call('answerRequest', { workspaceId: request.workspaceId, requestId: request.id, ...draft });
    noteSent(request);
    deps.answered(result.request);
    if (isLateAnswer) say(l10n.t('The agent no longer waited for this. It is told your answer in words, or when it asks again.'));
    await offerSame(request, draft, by);
  }

  function noteSent(request: Request): void {
    drafts.delete(request.id);
    sent.set(request.id, request);
  }

  /** The ids of the open requests that were not answered here, by urgency. */
  function stillOpen(): readonly string[] {
    for (const [id, { updatedAt }] of sent) if (board.board.requests.get(id)?.updatedAt !== updatedAt) sent.delete(id);
    return requestsByNeed(board.board).flatMap(({ id }) => (sent.has(id) ? [] : [id]));
  }

  /** Shows the prompts about this request until it is answered or left. */
  async function askOnce(request: Request, place?: RoundPosition): Promise<Asked | { kind: Interruption }> {
    const watch = watchRequest(board, request);
    if (place !== undefined && inRound !== undefined) inRound = { watch, beginsAgain: false };
    const { folder } = board.board.workspaces.get(request.workspaceId) ?? {};
    const asking: Asking = { request, folder, title: title(request, place), signal: watch.signal, buttons: buttonsFor(place) };
    try {
      const asked = await askByKind(asking);
      // The user pressed Escape and then the key that starts a round.
      if (asked.kind === 'dismissed' && watch.interruption === 'skipped') beginAgain();
      else if (watch.interruption !== undefined) return { kind: watch.interruption };
      return asked;
    } finally {
      watch.dispose();
      if (inRound?.watch === watch) inRound.watch = undefined;
    }
  }

  function beginAgain(): void {
    if (inRound !== undefined) inRound.beginsAgain = true;
  }

  async function askByKind(asking: Asking): Promise<Asked> {
    const { permission, dialog, kind } = asking.request;
    if (dialog !== undefined) return (await loadedDialogs()).ask(asking, dialog);
    if (permission !== undefined) return askForVerdict(asking, permission);
    return kind === 'question' ? askQuestion(asking) : askForReview(asking);
  }

  async function askAbout(request: Request, place?: RoundPosition): Promise<End> {
    const asked = await askOnce(request, place);
    switch (asked.kind) {
      case 'answer':
        await send(request, asked.draft, 'prompt');
        return 'answered';
      case 'settled':
        findOpen(request.id);
        return 'settled';
      case 'changed': {
        say(l10n.t('The agent has changed its request meanwhile. Nothing was sent.'));
        const changed = findOpen(request.id);
        return changed === undefined ? 'settled' : askAbout(changed, place);
      }
      case 'skipped':
        return 'skipped';
      case 'button':
        if (asked.id === 'back') return 'back';
        if (asked.id === 'skip') return 'skipped';
        await pages.openRequest(request);
        return 'left';
      default:
        return 'left';
    }
  }

  function title(request: Request, place?: RoundPosition): string {
    const { agentId, taskId } = request;
    const task = taskId === undefined ? undefined : board.board.tasks.get(taskId);
    const heading = joinParts([
      requestHeading(request, agentName(agentId === undefined ? undefined : board.board.agents.get(agentId), l10n), l10n),
      task === undefined ? '' : truncate(taskTitle(task, l10n), 40),
    ]);
    return place === undefined ? heading : l10n.t('{0} ({1} of {2})', heading, place.progress.at, place.progress.of);
  }

  function buttonsFor(place?: RoundPosition): PromptButton[] {
    if (place === undefined) return [];
    const back: PromptButton = { id: 'back', icon: '', tooltip: '' };
    const skip: PromptButton = { id: 'skip', icon: 'debug-step-over', tooltip: l10n.t('Skip; It Stays Open') };
    return place.mayGoBack ? [back, skip] : [skip];
  }

  /** Asks about one request after the other until the user leaves or none is left. */
  async function walk(): Promise<'left' | 'end'> {
    let round: Round = [];
    let goesBack = false;
    for (;;) {
      const order = stillOpen();
      const id = goesBack ? previousInRound(round, order) : nextInRound(round, order);
      const request = id === undefined ? undefined : board.board.requests.get(id);
      if (id === undefined || request === undefined) {
        sayEnd();
        return 'end';
      }
      const past = round.filter((other) => other !== id);
      round = past;
      const place = { progress: progressOf(past, order, id), mayGoBack: previousInRound(past, order) !== undefined };
      const end = await askInRound(request, place);
      if (end === 'left') return 'left';
      goesBack = end === 'back';
      if (!goesBack) round = [...past, id];
    }
  }

  /** A request that was answered elsewhere a moment ago does not end the round. */
  async function askInRound(request: Request, place: RoundPosition): Promise<End> {
    try {
      return await askAbout(request, place);
    } catch (error) {
      if (!isLate(error)) throw error;
      say(explainFailure(error, l10n).text);
      return 'settled';
    }
  }

  function sayEnd(): void {
    const skipped = stillOpen().length;
    const [agent] = agentsWaitingElsewhere(board.board);
    if (skipped > 0) prompts.showStatus(l10n.t('Done. {0} skipped.', skipped));
    else if (agent !== undefined) prompts.showStatus(elsewhereSentence(agent, 100, l10n));
    else if (board.link.kind === 'live') prompts.showStatus(l10n.t('All clear: no agent waits for an answer.'));
    else say(l10n.t('The hub is not connected, so it is not known whether an agent waits. See “AgentRQ: Show Log”.'), 'warning');
  }

  /** Sends an answer without a prompt, unless the request is no longer open. */
  async function answerAtOnce(requestId: string, draft: AnswerDraft): Promise<void> {
    const request = findOpen(requestId);
    if (request !== undefined) await send(request, draft, 'toast');
  }

  return {
    async ask(requestId) {
      const request = findOpen(requestId);
      if (request === undefined) return;
      const held = prompts.hold();
      try {
        await askAbout(request);
      } finally {
        held.dispose();
      }
    },
    choose: (requestId, choice) => answerAtOnce(requestId, { choices: [choice] }),
    decide: (requestId, decision) => answerAtOnce(requestId, { decision }),
    offerSame: (request, draft) => offerSame(request, draft, 'toast'),
    async terminal(agentId, show = false) {
      const agent = board.board.agents.get(agentId);
      const { folder } = board.board.workspaces.get(agent?.workspaceId ?? '') ?? {};
      return (await loadedDialogs()).terminal(agent && { name: agent.name, folder }, show);
    },
    async send(requestId, draft) {
      const words = draft.text ?? draft.note ?? '';
      if (words !== '') drafts.set(requestId, words);
      await answerAtOnce(requestId, draft);
    },
    async next() {
      if (inRound !== undefined) {
        if (inRound.watch === undefined) beginAgain();
        else inRound.watch.interrupt('skipped');
        return;
      }
      let goesOn = true;
      while (goesOn) {
        inRound = { beginsAgain: false };
        const held = prompts.hold();
        try {
          goesOn = (await walk()) === 'left' && inRound.beginsAgain;
        } finally {
          held.dispose();
          inRound = undefined;
        }
      }
    },
  };
}
