import type { AnswerDraft, PlanMode } from '../../protocol/model.ts';
import { assertNever } from '../../util/errors.ts';
import type { Asked, Asking } from '../shell/asking.ts';
import { besidePage, promptOptions } from '../shell/asking.ts';
import type { PickItem } from '../shell/prompts.ts';
import { truncate } from '../text/truncate.ts';
import { firstVisibleLine } from '../text/visibleText.ts';
import type { DialogsDeps } from './api.ts';
import type { Draft } from './editor.ts';

type Choice = { kind: 'keep' } | { kind: 'approve'; mode: PlanMode } | { kind: 'edit' };

/** Asks the user to decide on a plan: approve in one of two modes, edit it first, or continue planning with a note. */
export function createAskPlan(deps: DialogsDeps & { openDraft(text: string): Promise<Draft> }): (asking: Asking) => Promise<Asked> {
  const { prompts, pages, drafts, l10n } = deps;

  async function pick(asking: Asking): Promise<Asked> {
    // Nothing that approves is the first item, which Enter would pick.
    const items: PickItem<Choice>[] = [
      { label: l10n.t('Keep Planning…'), description: l10n.t('tell the agent what to change'), value: { kind: 'keep' } },
      { label: l10n.t('Approve'), description: l10n.t('the agent asks before each edit'), value: { kind: 'approve', mode: 'manual' } },
      {
        label: l10n.t('Approve and Accept Edits'),
        description: l10n.t('edits run without asking in this session'),
        value: { kind: 'approve', mode: 'acceptEdits' },
      },
      { label: l10n.t('Edit the Plan…'), description: l10n.t('and approve it as you have changed it'), value: { kind: 'edit' } },
    ];
    const picked = await prompts.pickOne(items, {
      ...promptOptions(asking),
      guard: 'typing',
      placeholder: l10n.t('The full text is shown on the right.'),
    });
    if (picked.kind !== 'picked') return picked;
    const choice = picked.value;
    switch (choice.kind) {
      case 'keep':
        return keepPlanning(asking);
      case 'approve':
        return { kind: 'answer', draft: { decision: 'approve', mode: choice.mode } };
      case 'edit':
        void edit(asking);
        return { kind: 'dismissed' };
      default:
        return assertNever(choice);
    }
  }

  async function keepPlanning(asking: Asking): Promise<Asked> {
    const { id, question } = asking.request;
    const result = await prompts.input({
      ...promptOptions(asking),
      prompt: truncate(firstVisibleLine(question), 300),
      placeholder: l10n.t('What the plan lacks'),
      value: drafts.get(id),
      typed: (value) => drafts.typed(id, value),
      required: l10n.t('Write a note, or press Escape to decide nothing.'),
    });
    drafts.set(id, result.value);
    return result.kind === 'accepted' ? { kind: 'answer', draft: { decision: 'sendBack', note: result.value } } : result;
  }

  /** Lets the user edit the plan in a document. The prompt is closed before, because it would take the keyboard. */
  async function edit({ request }: Asking): Promise<void> {
    const draft = await deps.openDraft(request.question);
    const modes: readonly [PlanMode, string][] = [
      ['manual', l10n.t('Approve')],
      ['acceptEdits', l10n.t('Approve and Accept Edits')],
    ];
    const pressed = await prompts.toast(
      'info',
      l10n.t('Change the plan in the editor. It is sent as it stands there when you approve it here.'),
      modes.map(([, label]) => label),
    );
    const [mode] = pressed === undefined ? [] : (modes[pressed] ?? []);
    if (mode === undefined) return;
    const plan = draft.text();
    if (plan === undefined || plan.trim() === '') {
      await prompts.toast('warning', l10n.t('The edited plan was closed or is empty, so nothing was sent. Answer the request again.'));
      return;
    }
    const approved: AnswerDraft = { decision: 'approve', mode, plan };
    await deps.send(request.id, approved);
  }

  return (asking) => besidePage(pages.review(asking.request), () => pick(asking));
}
