import type { AnswerDraft, Permission, Request } from '../../protocol/model.ts';
import type { Pages } from '../panel/api.ts';
import { besidePage } from '../shell/asking.ts';
import type { PickItem, Prompts } from '../shell/prompts.ts';
import { joinParts } from '../text/displayNames.ts';
import type { L10n } from '../text/l10n.ts';
import { wholeInput } from '../text/permissionText.ts';
import { truncate } from '../text/truncate.ts';
import { visibleLine } from '../text/visibleText.ts';

/** How many characters a prompt always shows on its one line. */
const lineLength = 72;

/** Lets the user choose which other requests get the same decision. */
export type SameVerdict = (
  request: Request,
  permission: Permission,
  draft: AnswerDraft,
  others: readonly Request[],
  by: 'prompt' | 'toast',
) => Promise<readonly Request[]>;

/**
 * Only requests that the user ticks get the decision. The list names all of them and the whole input is visible; nothing is ticked at
 * first, and no toast applies the decision directly.
 */
export function createSameVerdict(deps: {
  prompts: Prompts;
  pages: Pages;
  whose: (request: Request) => string;
  /** The URI of its workspace's folder. */
  folderOf: (request: Request) => string | undefined;
  l10n: L10n;
}): SameVerdict {
  const { prompts, pages, whose, l10n } = deps;

  async function tick({ decision, note = '' }: AnswerDraft, others: readonly Request[], placeholder: string): Promise<readonly Request[]> {
    const title = decision === 'allow' ? l10n.t('Allow Exactly This Once for Others, Too?') : l10n.t('Deny Exactly This to Others, Too?');
    const items: PickItem<Request>[] = others.map((other) => ({ label: whose(other), value: other }));
    const picked = await prompts.pickMany(items, {
      title: joinParts([title, truncate(visibleLine(note), 60)]),
      placeholder,
      guard: 'typing',
    });
    return picked.kind === 'picked' ? picked.value : [];
  }

  return async (request, permission, draft, others, by) => {
    if (by === 'toast') {
      const names = truncate(others.map(whose).join('; '), 200);
      const text = l10n.t('Others want exactly the same ({0}): {1}.', others.length, names);
      if ((await prompts.toast('warning', text, [l10n.t('Same Verdict…')])) === undefined) return [];
    }
    const whole = wholeInput(permission, lineLength - permission.tool.length, deps.folderOf(request));
    if (whole !== undefined) return tick(draft, others, `${permission.tool}: ${whole}`);
    return besidePage(pages.review(request), () => tick(draft, others, l10n.t('The full text is shown on the right.')));
  };
}
