import type { LoggedDecision } from '../../protocol/model.ts';
import type { PickItem } from '../shell/prompts.ts';
import { joinParts, workspaceHint } from '../text/displayNames.ts';
import { requestIcons, requestTitle } from '../text/requestTitle.ts';
import { truncate } from '../text/truncate.ts';
import { visibleLine } from '../text/visibleText.ts';
import type { DecisionsDeps } from './api.ts';
import { decidedBy, decisionMarkdown, outcomeLine, whoAsked } from './decisionText.ts';

const pageSize = 50;
/** The search continues until there are this many results, so that the list does not look empty. */
const enough = 20;

/** Lets the user search the decisions, and copy one or open its task. */
export async function showDecisions(deps: DecisionsDeps): Promise<void> {
  const { board, api, prompts, l10n } = deps;
  const title = l10n.t('Decisions');

  async function find(
    query: string,
    before: string | undefined,
    isWanted: () => boolean,
  ): Promise<{ items: PickItem<LoggedDecision>[]; next?: string }> {
    const items: PickItem<LoggedDecision>[] = [];
    let next = before;
    // Each call searches a part of the log.
    do {
      const page = await api.call('listDecisions', {
        limit: pageSize,
        ...(query !== '' && { query }),
        ...(next !== undefined && { before: next }),
      });
      items.push(...page.decisions.map(item));
      next = page.next;
    } while (next !== undefined && items.length < enough && isWanted());
    return { items, ...(next !== undefined && { next }) };
  }

  function item(entry: LoggedDecision): PickItem<LoggedDecision> {
    const { request } = entry;
    const when = deps.formatTime(request.answer?.at ?? request.updatedAt);
    return {
      label: truncate(requestTitle(request, l10n), 100),
      description: truncate(outcomeLine(request, l10n), 80),
      // Text from agents comes last, so that it can't pass for the other parts.
      detail: joinParts([
        l10n.t('decided by {0}', decidedBy(request, l10n)),
        when,
        workspaceHint(board.board, request.workspaceId),
        l10n.t('asked by {0}', whoAsked(entry.agentName, l10n)),
        truncate(visibleLine(entry.taskTitle ?? ''), 60),
      ]),
      icon: requestIcons[request.kind],
      value: entry,
    };
  }

  const found = await prompts.search({
    title,
    placeholder: l10n.t('Search what was asked and what was answered (the first 2,000 characters of each text)'),
    more: l10n.t('Show More…'),
    nothing: l10n.t('No matching decision.'),
    find,
  });
  if (found.kind !== 'picked') return;
  const { request } = found.value;
  const action = await prompts.pickOne<'copy' | 'open'>(
    [
      { label: l10n.t('Copy as Markdown'), icon: 'copy', value: 'copy' },
      { label: l10n.t('Open the Task'), icon: 'go-to-file', value: 'open' },
    ],
    { title, placeholder: truncate(requestTitle(request, l10n), 100) },
  );
  if (action.kind !== 'picked') return;
  if (action.value === 'open') return deps.pages.openRequest(request);
  await deps.copy(`${decisionMarkdown(found.value, deps)}\n`);
  prompts.showStatus(l10n.t('The decision is on the clipboard.'));
}
