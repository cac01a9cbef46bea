import type { LoggedDecision } from '../../protocol/model.ts';
import type { PickItem } from '../shell/prompts.ts';
import { workspaceName } from '../text/displayNames.ts';
import type { DecisionsDeps } from './api.ts';

const pageSize = 200;

/** Exports decisions to a JSON Lines file, the newest first: of one workspace, or all. */
export async function exportDecisions(deps: DecisionsDeps): Promise<void> {
  const { board, api, prompts, l10n } = deps;
  const title = l10n.t('Export Decisions');

  async function pickScope(): Promise<{ workspaceId?: string } | undefined> {
    const own: PickItem<{ workspaceId?: string }>[] = deps
      .workspaceIds()
      .map((workspaceId) => ({ label: l10n.t('Decisions in {0}', workspaceName(board.board, workspaceId)), value: { workspaceId } }));
    if (own.length === 0) return {};
    const result = await prompts.pickOne([...own, { label: l10n.t('All'), value: {} }], {
      title,
      placeholder: l10n.t('Which decisions?'),
    });
    return result.kind === 'picked' ? result.value : undefined;
  }

  const scope = await pickScope();
  if (scope === undefined) return;
  const all: LoggedDecision[] = [];
  let stopped = false;
  await deps.progress(title, async (say, signal) => {
    let before: string | undefined;
    do {
      const page = await api.call('listDecisions', { ...scope, limit: pageSize, ...(before !== undefined && { before }) });
      all.push(...page.decisions);
      before = page.next;
      say(l10n.t('Read so far: {0}', all.length));
    } while (before !== undefined && !signal.aborted);
    stopped = signal.aborted;
  });
  if (stopped) return;
  if (all.length === 0) {
    await prompts.toast('info', l10n.t('No decisions yet, so there is nothing to export.'));
    return;
  }
  const name = `agentrq-decisions-${new Date(deps.now()).toISOString().slice(0, 10)}.jsonl`;
  const saved = await deps.saveFile(name, `${all.map((entry) => JSON.stringify(entry)).join('\n')}\n`);
  if (saved) prompts.showStatus(l10n.t('Decisions exported: {0}.', all.length));
}
