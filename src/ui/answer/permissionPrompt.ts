import type { Decision, Permission } from '../../protocol/model.ts';
import { assertNever } from '../../util/errors.ts';
import type { Pages } from '../panel/api.ts';
import type { RuleFlow } from '../rules/api.ts';
import type { Asked, Asking } from '../shell/asking.ts';
import { besidePage, promptOptions } from '../shell/asking.ts';
import type { Drafts } from '../shell/drafts.ts';
import type { PickItem, Prompts } from '../shell/prompts.ts';
import type { L10n } from '../text/l10n.ts';
import { wholeInput } from '../text/permissionText.ts';
import { linesOfPermission } from '../text/promptLines.ts';
import { requestTitle } from '../text/requestTitle.ts';
import { truncate } from '../text/truncate.ts';

/** How many characters a prompt always shows on its one line. */
const lineLength = 72;

type Choice = { kind: 'decide'; decision: Decision } | { kind: 'note'; decision: Decision } | { kind: 'always' };

/** Asks the user to decide on a permission. The whole input is shown, in the prompt or on a page beside it. */
export type PermissionPrompt = (asking: Asking, permission: Permission) => Promise<Asked>;

export function createPermissionPrompt(deps: {
  prompts: Prompts;
  pages: Pages;
  rules: RuleFlow;
  drafts: Drafts;
  l10n: L10n;
}): PermissionPrompt {
  const { prompts, rules, drafts, l10n } = deps;

  async function pick(asking: Asking, placeholder: string, lines: readonly string[] = []): Promise<Asked> {
    // Nothing that allows is the first item, which Enter would pick.
    const items: PickItem<Choice>[] = [
      { label: l10n.t('Deny'), key: 'd', value: { kind: 'decide', decision: 'deny' } },
      { label: l10n.t('Deny with a Note…'), value: { kind: 'note', decision: 'deny' } },
      { label: l10n.t('Allow Once'), key: 'a', value: { kind: 'decide', decision: 'allow' } },
      { label: l10n.t('Allow with a Note…'), value: { kind: 'note', decision: 'allow' } },
      { label: l10n.t('Always Allow…'), value: { kind: 'always' } },
    ];
    const picked = await prompts.pickOne(items, { ...promptOptions(asking), guard: 'typing', placeholder, lines });
    if (picked.kind !== 'picked') return picked;
    const choice = picked.value;
    switch (choice.kind) {
      case 'decide':
        return { kind: 'answer', draft: { decision: choice.decision } };
      case 'note':
        return withNote(asking, choice.decision);
      case 'always':
        return always(asking);
      default:
        return assertNever(choice);
    }
  }

  async function withNote(asking: Asking, decision: Decision): Promise<Asked> {
    const { request } = asking;
    const result = await prompts.input({
      ...promptOptions(asking),
      prompt: truncate(requestTitle(request, l10n), 300),
      placeholder: decision === 'deny' ? l10n.t('Why not, and what instead') : l10n.t('What the agent should mind'),
      value: drafts.get(request.id),
      typed: (value) => drafts.typed(request.id, value),
      required: l10n.t('Write a note, or press Escape to decide nothing.'),
    });
    drafts.set(request.id, result.value);
    return result.kind === 'accepted' ? { kind: 'answer', draft: { decision, note: result.value } } : result;
  }

  async function always({ request, signal }: Asking): Promise<Asked> {
    const outcome = await rules.forRequest(request);
    if (outcome.kind === 'none') return { kind: signal.aborted ? 'aborted' : 'dismissed' };
    return { kind: 'answer', draft: { decision: 'allow', ...(outcome.kind === 'rule' && { rule: outcome.rule }) } };
  }

  return async (asking, permission) => {
    const whole = wholeInput(permission, lineLength, asking.folder);
    if (whole !== undefined) return pick(asking, whole);
    const lines = linesOfPermission(permission, asking.folder);
    if (lines !== undefined) return pick(asking, l10n.t('Choose, or press the key beside it'), lines);
    const placeholder =
      permission.partial === true
        ? l10n.t('The agent sent only a preview; what it will run may be longer.')
        : l10n.t('Full command shown on the right.');
    return besidePage(deps.pages.review(asking.request), () => pick(asking, placeholder));
  };
}
