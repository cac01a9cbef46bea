import type { BoardStore } from '../../client/boardStore.ts';
import type { HubApi } from '../../client/hubApi.ts';
import { answersUnderWay } from '../../client/needs.ts';
import type { Request } from '../../protocol/model.ts';
import type { Clock } from '../../util/clock.ts';
import { type Disposable, DisposableStore } from '../../util/lifecycle.ts';
import { commandIds } from '../ids.ts';
import type { Prompts } from '../shell/prompts.ts';
import { agentName } from '../text/displayNames.ts';
import type { L10n } from '../text/l10n.ts';
import { requestSentence, requestTitle } from '../text/requestTitle.ts';
import { truncate } from '../text/truncate.ts';

const settleMs = 1_000;

/** Retracts answers that were not sent to an agent yet. */
export interface Retraction extends Disposable {
  /** Offers to retract this answer while that is possible. */
  answered(request: Request): void;
  /** Retracts an answer, so that the request is open again. Without an id: the last answer of this window, or one that the user picks. */
  take(requestId?: string): Promise<void>;
}

export function createRetraction(deps: { board: BoardStore; api: HubApi; prompts: Prompts; clock: Clock; l10n: L10n }): Retraction {
  const { board, api, prompts, clock, l10n } = deps;
  /**
   * The last answer of this window: the request's id, its `updatedAt` before the answer, and the offer to retract (or the timer for it).
   */
  let last: { id: string; updatedAt: string; offer: Disposable } | undefined;

  function isPossible(request: Request | undefined): request is Request {
    return request?.status === 'answered' && request.handedOver !== true;
  }

  function forget(): void {
    last?.offer.dispose();
    last = undefined;
  }

  function update(): void {
    const request = last === undefined ? undefined : board.board.requests.get(last.id);
    // The event of the answer may arrive after the response.
    if (request?.updatedAt !== last?.updatedAt && !isPossible(request)) forget();
  }

  function sentence(request: Request, length: number): string {
    return requestSentence(
      request,
      agentName(request.agentId === undefined ? undefined : board.board.agents.get(request.agentId), l10n),
      length,
      l10n,
    );
  }

  async function pick(): Promise<Request | undefined> {
    const possible = answersUnderWay(board.board).filter(isPossible).toReversed();
    if (possible.length === 0) {
      void prompts.toast('info', l10n.t('No answer to undo: your answers are with their agents, or on their way.'));
      return undefined;
    }
    const items = possible.map((request) => ({ label: sentence(request, 100), value: request }));
    const result = await prompts.pickOne(items, {
      title: l10n.t('Undo Answer'),
      placeholder: l10n.t('Answers that no agent has read yet'),
      guard: 'opening',
    });
    return result.kind === 'picked' ? result.value : undefined;
  }

  function offer(request: Request): void {
    if (last === undefined) return;
    last.offer = prompts.offer(
      l10n.t('$(discard) Undo Answer'),
      l10n.t('Undo your answer to “{0}”. No agent has read it yet.', truncate(requestTitle(request, l10n), 60)),
      commandIds.takeBackAnswer,
    );
  }

  const store = new DisposableStore();
  store.add(board.onDidChange(update));
  store.add(board.onDidReplace(update));
  store.add({ dispose: forget });
  return {
    dispose: () => store.dispose(),
    answered(request) {
      forget();
      const open = board.board.requests.get(request.id);
      if (!isPossible(request) || open === undefined) return;
      // Most answers are sent at once. Without the delay the offer would only flash up.
      const due = clock.after(settleMs, () => offer(request));
      last = { id: request.id, updatedAt: open.updatedAt, offer: due };
    },
    async take(requestId) {
      const id = requestId ?? last?.id;
      const request = id === undefined ? await pick() : board.board.requests.get(id);
      if (request === undefined) {
        if (id !== undefined) void prompts.toast('info', l10n.t('This request is no longer on the board.'));
        return;
      }
      if (request.id === last?.id) forget();
      await api.call('retractAnswer', { workspaceId: request.workspaceId, requestId: request.id });
      prompts.showStatus(l10n.t('Answer undone; the request is open again.'));
    },
  };
}
