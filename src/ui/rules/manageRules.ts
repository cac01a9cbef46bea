import { byId } from '../../client/needs.ts';
import type { Rule } from '../../protocol/model.ts';
import type { OperationOutput } from '../../protocol/operations.ts';
import { assertNever } from '../../util/errors.ts';
import { pickWorkspace } from '../shell/pickWorkspace.ts';
import type { PickItem } from '../shell/prompts.ts';
import { joinParts, workspaceHint, workspaceName } from '../text/displayNames.ts';
import { truncate } from '../text/truncate.ts';
import { visibleLine } from '../text/visibleText.ts';
import { importRules, type RuleDeps } from './importRules.ts';
import { expiryText, type RuleDraft, ruleSentence } from './ruleText.ts';

type Review = OperationOutput<'reviewRules'>['rules'][number];
type Choice = { kind: 'rule'; rule: Rule } | { kind: 'add' } | { kind: 'import' };

/** Lists the permission rules of this window's workspaces, to remove, add or import rules. */
export async function manageRules(deps: RuleDeps): Promise<void> {
  const { board, api, prompts, rules, l10n } = deps;
  const title = l10n.t('Permission Rules');

  const own = deps.workspaceIds();
  const known = [...board.board.rules.values()].filter(({ workspaceId }) => own.length === 0 || own.includes(workspaceId));
  const reviews = await readReviews();

  /** The hub's review of each rule, by id. */
  async function readReviews(): Promise<ReadonlyMap<string, Review>> {
    const all: [string, Review][] = [];
    for (const workspaceId of new Set(known.map((rule) => rule.workspaceId))) {
      const { rules: some } = await api.call('reviewRules', { workspaceId });
      all.push(...some.map((review): [string, Review] => [review.ruleId, review]));
    }
    return new Map(all);
  }

  function choices(): PickItem<Choice>[] {
    return [
      ...known.toSorted(byId).map((rule) => ({
        label: truncate(visibleLine(rule.text), 100),
        description: joinParts([marks(rule), expiry(rule), workspaceHint(board.board, rule.workspaceId)]),
        value: { kind: 'rule', rule } as const,
      })),
      { label: l10n.t('Add a Rule…'), value: { kind: 'add' } },
      { label: l10n.t('Import AgentRQ Rules…'), value: { kind: 'import' } },
    ];
  }

  function expiry({ expiresAt }: Rule): string {
    return expiryText(expiresAt, { now: deps.clock.now(), formatTime: deps.formatTime, l10n });
  }

  function marks(rule: Rule): string | undefined {
    if (rule.unchecked === true) return l10n.t('unchecked');
    return reviews.get(rule.id)?.narrowed === true ? l10n.t('allows less than before') : undefined;
  }

  async function show(rule: Rule): Promise<void> {
    const { reach = 'exact', narrowed = false, exact = [] } = reviews.get(rule.id) ?? {};
    const place = l10n.t('It holds for every agent in the workspace {0}, {1}.', workspaceName(board.board, rule.workspaceId), expiry(rule));
    const detail = [ruleSentence({ text: rule.text, reach, unchecked: rule.unchecked === true }, l10n), place];
    if (exact.length > 0)
      detail.push([l10n.t('It allowed this so far, and no longer does:'), ...exact.map((text) => `• ${visibleLine(text)}`)].join('\n'));
    const buttons = [
      { text: l10n.t('Remove'), act: () => remove(rule) },
      ...(exact.length > 0 ? [{ text: l10n.t('Allow Exactly These'), act: () => allowExactly(rule, exact) }] : []),
      ...(narrowed && (reach === 'unchecked' || reach === 'tool')
        ? [{ text: l10n.t('Allow Unchecked…'), act: () => allowUnchecked(rule) }]
        : []),
    ];
    const pressed = await prompts.confirm(
      visibleLine(rule.text),
      detail.join('\n\n'),
      buttons.map(({ text }) => text),
    );
    if (pressed !== undefined) await buttons[pressed]?.act();
  }

  /** Creates exact rules. The reviewed rule stays for what it still allows. */
  async function allowExactly(rule: Rule, [text = '', ...and]: readonly string[]): Promise<void> {
    if (await rules.mayMake()) await create(rule.workspaceId, { text, and, expiresAt: rule.expiresAt });
  }

  async function allowUnchecked({ workspaceId, text }: Rule): Promise<void> {
    if (!(await rules.mayMake())) return;
    const draft = await rules.write(workspaceId, text);
    if (draft !== undefined) await create(workspaceId, draft);
  }

  async function remove(rule: Rule): Promise<void> {
    await api.call('deleteRule', { workspaceId: rule.workspaceId, ruleId: rule.id });
    const undo = await prompts.toast('info', l10n.t('The rule “{0}” is removed.', truncate(visibleLine(rule.text), 100)), [l10n.t('Undo')]);
    if (undo !== undefined) await create(rule.workspaceId, rule);
  }

  async function create(workspaceId: string, { text, and = [], unchecked, expiresAt }: RuleDraft): Promise<void> {
    await api.call('createRule', {
      workspaceId,
      text,
      ...(and.length > 0 && { and }),
      ...(unchecked === true && { unchecked }),
      ...(expiresAt !== undefined && { expiresAt }),
    });
    prompts.showStatus(l10n.t('The rule “{0}” is in force.', truncate(visibleLine(text), 100)));
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
