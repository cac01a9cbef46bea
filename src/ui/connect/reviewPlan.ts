import type { ConnectionPlan, FileEdit } from '../../agents/config/connectAgent.ts';
import { commandIds } from '../ids.ts';
import type { PickItem } from '../shell/prompts.ts';
import { joinParts } from '../text/displayNames.ts';
import type { ConnectContext } from './context.ts';
import { fileName, hideTokens, shownPath } from './display.ts';

/** What the user decided. `bridge`: connect through a bridge instead, without a token. */
export type Reviewed = 'write' | 'bridge' | 'cancel';

type Choice = { kind: 'show'; index: number } | { kind: Reviewed };

/**
 * Shows a diff of each file that would be written, and asks: in a prompt, or, once the user looks at one of them, by the buttons in its
 * title. Writes nothing.
 */
export async function reviewPlan(
  { prompts, editor, l10n, system }: ConnectContext,
  { edits, key }: ConnectionPlan,
  words: { title: string; placeholder: string; write: string },
): Promise<Reviewed> {
  const { machine } = system();
  const paths = edits.map(({ file }) => shownPath(file, machine, key.folder));
  const readable = edits.some(({ readableByOthers }) => readableByOthers);
  const kept = edits.some(({ present }) => present !== undefined);

  const items: PickItem<Choice>[] = [
    ...edits.map((edit, index) => ({
      label: paths[index] ?? edit.file,
      description: describe(edit),
      ...(edit.changed.length > 0 && { detail: changedText(edit) }),
      icon: iconOf(edit),
      value: { kind: 'show', index } as const,
    })),
    {
      label: words.write,
      icon: 'check',
      ...(kept && { description: l10n.t('backups go to {0}', shownPath(`${machine.home}/backups`, machine)) }),
      value: { kind: 'write' },
    },
    ...(readable
      ? [
          {
            label: l10n.t('Connect Through a Bridge Instead'),
            detail: l10n.t('Others on this machine can read a file that the token would go into. The bridge needs no token.'),
            icon: 'shield',
            value: { kind: 'bridge' } as const,
          },
        ]
      : []),
    { label: l10n.t('Cancel'), icon: 'close', value: { kind: 'cancel' } },
  ];

  function iconOf({ present, next, readableByOthers, changed }: FileEdit): string {
    if (readableByOthers || changed.length > 0) return 'warning';
    return present === undefined ? 'new-file' : next === undefined ? 'trash' : 'file';
  }

  function describe({ present, next, holdsToken, readableByOthers }: FileEdit): string {
    return joinParts([
      present === undefined ? l10n.t('new file') : next === undefined ? l10n.t('is removed') : undefined,
      holdsToken ? l10n.t('holds a token') : undefined,
      readableByOthers ? l10n.t('others on this machine can read it') : undefined,
    ]);
  }

  function changedText({ changed }: FileEdit): string {
    const parts = changed.map(({ path }) => path.join(' › ')).join(', ');
    return l10n.t('You changed this after AgentRQ wrote it; it is removed, too: {0}', parts);
  }

  const diffs = await editor.showDiffs(
    edits.map(({ present, next, file }, index) => ({
      title: l10n.t('{0}: as it is ↔ as it will be', paths[index] ?? file),
      name: fileName(file),
      before: hideTokens(present ?? ''),
      after: hideTokens(next ?? ''),
    })),
  );
  const decided = new AbortController();
  void diffs.decided.then(() => decided.abort());
  try {
    const picked = await prompts.pickOne(items, { ...words, signal: decided.signal });
    if (picked.kind === 'aborted') return await diffs.decided;
    if (picked.kind !== 'picked') return 'cancel';
    if (picked.value.kind !== 'show') return picked.value.kind;
    // The prompt would cover the file: it has gone, and the buttons stand in the title of the editor.
    await diffs.show(picked.value.index);
    const offer = prompts.offer(`$(check) ${words.write}`, words.placeholder, commandIds.writeChanges);
    try {
      return await diffs.decided;
    } finally {
      offer.dispose();
    }
  } finally {
    diffs.dispose();
  }
}
