import { byId } from '../../client/byId.ts';
import type { Rule } from '../../protocol/model.ts';
import { assertNever } from '../../util/errors.ts';
import { joinParts, workspaceHint, workspaceName } from '../boardNames.ts';
import { pickWorkspace } from '../pickWorkspace.ts';
import type { PickItem } from '../prompts.ts';
import { expiryWords, type RuleDraft, ruleSentence } from '../ruleWords.ts';
import { shorten } from '../shorten.ts';
import { visibleLine } from '../visibleText.ts';
import { importRules, type RuleDeps } from './importRules.ts';

type Choice = { kind: 'rule'; rule: Rule } | { kind: 'add' } | { kind: 'import' };

/** Shows what the person has allowed once and for all in this window's workspaces: to remove it, to add to it, to take over a list. */
export async function manageRules(deps: RuleDeps): Promise<void> {
  const { board, api, prompts, rules, l10n } = deps;
  const title = l10n.t('Permission Rules');

  function choices(): PickItem<Choice>[] {
    const own = deps.workspaceIds();
    const known = [...board.board.rules.values()].filter(({ workspaceId }) => own.length === 0 || own.includes(workspaceId));
    return [
      ...known.toSorted(byId).map((rule) => ({
        label: shorten(visibleLine(rule.text), 100),
        description: joinParts([expiry(rule), workspaceHint(board.board, rule.workspaceId)]),
        value: { kind: 'rule', rule } as const,
      })),
      { label: l10n.t('Add a Rule…'), value: { kind: 'add' } },
      { label: l10n.t('Import AgentRQ Rules…'), value: { kind: 'import' } },
    ];
  }

  function expiry({ expiresAt }: Rule): string {
    return expiryWords(expiresAt, { now: deps.clock.now(), formatTime: deps.formatTime, l10n });
  }

  async function show(rule: Rule): Promise<void> {
    const place = l10n.t('It holds for every agent in the workspace {0}, {1}.', workspaceName(board.board, rule.workspaceId), expiry(rule));
    const pressed = await prompts.explain(visibleLine(rule.text), `${ruleSentence(rule.text, l10n)}\n\n${place}`, [l10n.t('Remove')]);
    if (pressed === undefined) return;
    await api.call('deleteRule', { workspaceId: rule.workspaceId, ruleId: rule.id });
    const undo = await prompts.toast('info', l10n.t('The rule “{0}” is removed.', shorten(visibleLine(rule.text), 100)), [l10n.t('Undo')]);
    if (undo !== undefined) await create(rule.workspaceId, rule);
  }

  async function create(workspaceId: string, { text, expiresAt }: RuleDraft | Rule): Promise<void> {
    await api.call('createRule', { workspaceId, text, ...(expiresAt !== undefined && { expiresAt }) });
    prompts.note(l10n.t('The rule “{0}” is in force.', shorten(visibleLine(text), 100)));
  }

  async function workspaceForNew(): Promise<string | undefined> {
    if (!(await rules.mayMake())) return undefined;
    return pickWorkspace(
      { board: board.board, own: deps.workspaceIds(), prompts, l10n },
      { title, placeholder: l10n.t('For which workspace?') },
    );
  }

  const items = choices();
  const placeholder =
    items.length === 2
      ? l10n.t('No rule yet: agents ask you each time.')
      : l10n.t('What is allowed without asking you. Pick a rule to remove it.');
  const picked = await prompts.pickOne(items, { title, placeholder });
  if (picked.kind !== 'picked') return;
  const choice = picked.value;
  if (choice.kind === 'rule') return show(choice.rule);
  const workspaceId = await workspaceForNew();
  if (workspaceId === undefined) return;
  switch (choice.kind) {
    case 'add': {
      const draft = await rules.write(workspaceId, '');
      if (draft !== undefined) await create(workspaceId, draft);
      return;
    }
    case 'import':
      return importRules(deps, workspaceId);
    default:
      return assertNever(choice);
  }
}
