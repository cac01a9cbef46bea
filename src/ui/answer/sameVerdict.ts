import type { AnswerDraft, Permission, Request } from '../../protocol/model.ts';
import type { Pages } from '../panel/api.ts';
import type { PickItem, Prompts } from '../shell/prompts.ts';
import { joinParts } from '../text/displayNames.ts';
import type { L10n } from '../text/l10n.ts';
import { wholeInput } from '../text/permissionText.ts';
import { shorten } from '../text/truncate.ts';
import { visibleLine } from '../text/visibleText.ts';

/** What a prompt certainly shows on its one line. */
const lineLength = 72;

/** Lets the person choose who else gets the verdict that they have just given. */
export type SameVerdict = (
  request: Request,
  permission: Permission,
  draft: AnswerDraft,
  others: readonly Request[],
  by: 'prompt' | 'toast',
) => Promise<readonly Request[]>;

/**
 * A verdict is given to nobody whom the person has not ticked, in a list that names everybody, and with all of what they want before the
 * person's eyes. Nothing is ticked at first, and no toast gives it at once.
 */
export function createSameVerdict(deps: {
  prompts: Prompts;
  pages: Pages;
  whose: (request: Request) => string;
  /** The URI of the folder of its workspace. */
  folderOf: (request: Request) => string | undefined;
  l10n: L10n;
}): SameVerdict {
  const { prompts, pages, whose, l10n } = deps;

  async function tick({ decision, note = '' }: AnswerDraft, others: readonly Request[], placeholder: string): Promise<readonly Request[]> {
    const title = decision === 'allow' ? l10n.t('Allow Exactly This Once for Others, Too?') : l10n.t('Deny Exactly This to Others, Too?');
    const items: PickItem<Request>[] = others.map((other) => ({ label: whose(other), value: other }));
    const picked = await prompts.pickMany(items, {
      title: joinParts([title, shorten(visibleLine(note), 60)]),
      placeholder,
      guard: 'typing',
    });
    return picked.kind === 'picked' ? picked.value : [];
  }

  return async (request, permission, draft, others, by) => {
    if (by === 'toast') {
      const names = shorten(others.map(whose).join('; '), 200);
      const text = l10n.t('Others want exactly the same ({0}): {1}.', others.length, names);
      if ((await prompts.toast('warning', text, [l10n.t('Same Verdict…')])) === undefined) return [];
    }
    const whole = wholeInput(permission, lineLength - permission.tool.length, deps.folderOf(request));
    if (whole !== undefined) return tick(draft, others, `${permission.tool}: ${whole}`);
    const page = await pages.review(request);
    try {
      return await tick(draft, others, l10n.t('All of it is on the page beside.'));
    } finally {
      page.dispose();
    }
  };
}
