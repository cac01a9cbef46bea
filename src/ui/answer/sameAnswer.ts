import type { BoardStore } from '../../client/boardStore.ts';
import type { HubApi } from '../../client/hubApi.ts';
import type { AnswerDraft, Request } from '../../protocol/model.ts';
import type { Pages } from '../panel/api.ts';
import { isLate } from '../shell/errors.ts';
import type { PickItem, Prompts } from '../shell/prompts.ts';
import { agentName, joinParts, taskTitle, workspaceHint } from '../text/displayNames.ts';
import type { L10n } from '../text/l10n.ts';
import { subagentName } from '../text/permissionText.ts';
import { truncate } from '../text/truncate.ts';
import { visibleLine } from '../text/visibleText.ts';
import { sameRequest } from './sameRequest.ts';
import { createSameVerdict } from './sameVerdict.ts';

/** Offers to send an answer to the other requests that ask the same, and sends it. `by`: where the user has just answered. */
export type SameAnswer = (request: Request, draft: AnswerDraft, by: 'prompt' | 'toast') => Promise<void>;

export function createSameAnswer(deps: {
  board: BoardStore;
  api: HubApi;
  prompts: Prompts;
  pages: Pages;
  /** Called for each request that got the answer. */
  given: (request: Request) => void;
  l10n: L10n;
}): SameAnswer {
  const { board, api, prompts, l10n } = deps;
  const chooseForVerdict = createSameVerdict({
    ...deps,
    whose,
    folderOf: ({ workspaceId }) => board.board.workspaces.get(workspaceId)?.folder,
  });

  async function pick(request: Request, draft: AnswerDraft, others: readonly Request[]): Promise<readonly Request[]> {
    const items: PickItem<readonly Request[]>[] = [
      ...(others.length > 1 ? [{ label: l10n.t('All {0} of Them', others.length), icon: 'checklist', value: others }] : []),
      ...others.map((other) => ({ label: whose(other), icon: 'check', value: [other] })),
    ];
    const result = await prompts.pickOne(items, {
      title: l10n.t('The Same Answer for Others Who Ask This?'),
      placeholder: l10n.t('“{0}” to: {1}', said(draft), truncate(visibleLine(request.question.slice(0, 2_000)), 300)),
      guard: 'opening',
    });
    return result.kind === 'picked' ? result.value : [];
  }

  async function offer(others: readonly Request[]): Promise<readonly Request[]> {
    const pressed = await prompts.toast(
      'info',
      l10n.t('Others ask the same ({0}): {1}.', others.length, truncate(others.map(whose).join('; '), 200)),
      [l10n.t('Same Answer')],
    );
    return pressed === undefined ? [] : others;
  }

  async function choose(
    request: Request,
    draft: AnswerDraft,
    others: readonly Request[],
    by: 'prompt' | 'toast',
  ): Promise<readonly Request[]> {
    if (request.permission !== undefined) return chooseForVerdict(request, request.permission, draft, others, by);
    return by === 'prompt' ? pick(request, draft, others) : offer(others);
  }

  function whose({ agentId, taskId, workspaceId, permission }: Request): string {
    const { subagent } = permission ?? {};
    return joinParts([
      agentName(agentId === undefined ? undefined : board.board.agents.get(agentId), l10n),
      subagent === undefined ? '' : truncate(visibleLine(subagentName(subagent)), 60),
      taskId === undefined ? '' : taskTitle(board.board.tasks.get(taskId), l10n),
      workspaceHint(board.board, workspaceId),
    ]);
  }

  function said({ choices = [], text = '' }: AnswerDraft): string {
    return truncate(visibleLine([choices.join(', '), text].filter((part) => part !== '').join(' — ')), 60);
  }

  /** Whether the answer was sent; the request may have been answered elsewhere meanwhile. */
  async function give({ workspaceId, id }: Request, { choices, text, decision, note }: AnswerDraft): Promise<boolean> {
    const draft = { ...(choices && { choices }), ...(text && { text }), ...(decision && { decision }), ...(note && { note }) };
    try {
      await api.call('answerRequest', { workspaceId, requestId: id, ...draft });
      return true;
    } catch (error) {
      if (isLate(error)) return false;
      throw error;
    }
  }

  return async (request, draft, by) => {
    const others = sameRequest(board.board, request);
    if (others.length === 0) return;
    const chosen = await choose(request, draft, others, by);
    // They may have changed or closed since.
    const still = chosen.length === 0 ? [] : sameRequest(board.board, request);
    let given = 0;
    for (const other of chosen.filter(({ id }) => still.some((one) => one.id === id))) {
      if (!(await give(other, draft))) continue;
      deps.given(other);
      given += 1;
    }
    if (chosen.length > 0) prompts.showStatus(l10n.t('The same answer went to {0} of {1}.', given, chosen.length));
  };
}
