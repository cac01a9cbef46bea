import type { LoggedDecision } from '../../protocol/model.ts';
import type { PickItem } from '../shell/prompts.ts';
import { joinParts, workspaceHint } from '../text/displayNames.ts';
import { requestIcons } from '../text/requestIcons.ts';
import { requestLine } from '../text/requestTitle.ts';
import { shorten } from '../text/truncate.ts';
import { visibleLine } from '../text/visibleText.ts';
import type { DecisionsDeps } from './api.ts';
import { decidedBy, decisionMarkdown, outcomeLine, whoAsked } from './decisionText.ts';

const pageSize = 50;
/** With fewer the list would look empty: the log is searched further. */
const enough = 20;

/** Lets the person search what was decided, and copy an entry or go to its task. */
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
    // The hub looks at a part of the log with each call.
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
      label: shorten(requestLine(request, l10n), 100),
      description: shorten(outcomeLine(request, l10n), 80),
      // What agents have a say in comes last, so that it can't pass for what comes before.
      detail: joinParts([
        l10n.t('decided by {0}', decidedBy(request, l10n)),
        when,
        workspaceHint(board.board, request.workspaceId),
        l10n.t('asked by {0}', whoAsked(entry.agentName, l10n)),
        shorten(visibleLine(entry.taskTitle ?? ''), 60),
      ]),
      icon: requestIcons[request.kind],
      value: entry,
    };
  }

  const found = await prompts.search({
    title,
    placeholder: l10n.t('Search what was asked and what was answered (the first 2,000 characters of each text)'),
    more: l10n.t('Show More…'),
    nothing: l10n.t('Nothing of that was decided.'),
    find,
  });
  if (found.kind !== 'picked') return;
  const { request } = found.value;
  const action = await prompts.pickOne<'copy' | 'open'>(
    [
      { label: l10n.t('Copy as Markdown'), icon: 'copy', value: 'copy' },
      { label: l10n.t('Open the Task'), icon: 'go-to-file', value: 'open' },
    ],
    { title, placeholder: shorten(requestLine(request, l10n), 100) },
  );
  if (action.kind !== 'picked') return;
  if (action.value === 'open') return deps.pages.openRequest(request);
  await deps.copy(`${decisionMarkdown(found.value, deps)}\n`);
  prompts.note(l10n.t('The decision is on the clipboard.'));
}
