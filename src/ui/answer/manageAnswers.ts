import { pickWorkspace } from '../shell/pickWorkspace.ts';
import type { PickItem } from '../shell/prompts.ts';
import { joinParts, workspaceHint } from '../text/displayNames.ts';
import { truncate } from '../text/truncate.ts';
import { firstVisibleLine, visibleText } from '../text/visibleText.ts';
import type { AnsweringDeps } from './api.ts';
import type { SavedAnswers } from './savedAnswers.ts';

type Choice = { kind: 'saved' | 'keep'; workspaceId: string; text: string } | { kind: 'add' };

/** Lists the reusable answers, to add, read or delete one. */
export async function manageAnswers(
  deps: Pick<AnsweringDeps, 'board' | 'prompts' | 'workspaceIds' | 'l10n'>,
  saved: SavedAnswers,
): Promise<void> {
  const { board, prompts, l10n } = deps;
  const title = l10n.t('Reusable Answers');

  function choices(): PickItem<Choice>[] {
    const own = deps.workspaceIds();
    const workspaces = own.length > 0 ? own : [...board.board.workspaces.keys()];
    const last = saved.lastGiven;
    const isNew = last !== undefined && !saved.list(last.workspaceId).includes(last.text);
    return [
      ...workspaces.flatMap((workspaceId) =>
        saved.list(workspaceId).map((text) => ({
          label: line(text),
          description: joinParts([workspaceHint(board.board, workspaceId)]),
          icon: 'bookmark',
          value: { kind: 'saved', workspaceId, text } as const,
        })),
      ),
      ...(isNew
        ? [
            {
              label: l10n.t('Save “{0}”', line(last.text)),
              description: l10n.t('your last answer'),
              value: { kind: 'keep', ...last } as const,
            },
          ]
        : []),
      { label: l10n.t('Add an Answer…'), value: { kind: 'add' } },
    ];
  }

  function line(text: string): string {
    return truncate(firstVisibleLine(text), 80);
  }

  function keep(workspaceId: string, text: string): void {
    saved.add(workspaceId, text);
    prompts.showStatus(l10n.t('“{0}” is saved for next time.', line(text)));
  }

  async function add(): Promise<void> {
    const workspaceId = await pickWorkspace(
      { board: board.board, own: deps.workspaceIds(), prompts, l10n },
      { title, placeholder: l10n.t('For which workspace?') },
    );
    if (workspaceId === undefined) return;
    const result = await prompts.input({
      title,
      prompt: l10n.t('It is offered first when you can type an answer.'),
      placeholder: l10n.t('Your answer'),
      value: '',
      required: l10n.t('Write an answer, or press Escape to save none.'),
    });
    if (result.kind === 'accepted') keep(workspaceId, result.value);
  }

  async function show(workspaceId: string, text: string): Promise<void> {
    const pressed = await prompts.confirm(title, visibleText(text), [l10n.t('Delete')]);
    if (pressed === undefined) return;
    saved.remove(workspaceId, text);
    const undo = await prompts.toast('info', l10n.t('“{0}” is deleted.', line(text)), [l10n.t('Undo')]);
    if (undo !== undefined) keep(workspaceId, text);
  }

  const items = choices();
  const picked = await prompts.pickOne(items, {
    title,
    placeholder: items.some(({ value }) => value.kind === 'saved')
      ? l10n.t('Pick one to read it whole, or to delete it.')
      : l10n.t('No saved answers yet.'),
  });
  if (picked.kind !== 'picked') return;
  const { value } = picked;
  if (value.kind === 'add') return add();
  if (value.kind === 'keep') return keep(value.workspaceId, value.text);
  return show(value.workspaceId, value.text);
}
