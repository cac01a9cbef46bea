import { diffArrays } from 'diff';
import type { CodeLine } from '../../protocol/card.ts';
import { foldBlanks } from '../text/foldBlanks.ts';
import type { L10n } from '../text/l10n.ts';
import { visibleText } from '../text/visibleText.ts';

/** Beyond this two texts are shown one after the other, because comparing them would hold up the editor. */
const mostLines = 20_000;
const mostChanges = 300;

/** All lines of a text with their numbers. A long stretch of blank lines is one line that says so, so that nothing can hide behind it. */
export function codeLines(text: string, l10n: L10n): CodeLine[] {
  const lines = visibleText(text).split('\n');
  return withoutBlanks(
    lines.map((line, index) => ({ number: lines.length === 1 ? 0 : index + 1, text: line, mark: 'same' })),
    l10n,
  );
}

/** What becomes of `before` if `after` takes its place, line by line. */
export function changedLines(before: string, after: string, l10n: L10n): CodeLine[] {
  const [left, right] = [linesOf(before), linesOf(after)];
  const isTooLong = left.length + right.length > mostLines;
  const changes = (isTooLong ? undefined : diffArrays(left, right, { maxEditLength: mostChanges })) ?? [
    { value: left, removed: true, added: false },
    { value: right, removed: false, added: true },
  ];
  // Lines are compared as they are, and shown with all of their characters.
  const [olds, news] = [visibleText(before).split('\n'), visibleText(after).split('\n')];
  let [oldAt, newAt] = [0, 0];
  const lines = changes.flatMap(({ value, added, removed }) =>
    value.map((): CodeLine => {
      const text = (removed ? olds[oldAt] : news[newAt]) ?? '';
      if (!added) oldAt += 1;
      if (!removed) newAt += 1;
      return { number: 0, text, mark: added ? 'added' : removed ? 'removed' : 'same' };
    }),
  );
  return withoutBlanks(lines, l10n);
}

/** A patch in the form that begins with `*** Begin Patch`: its lines carry their own marks, a blank where nothing changes. */
export function patchLines(patch: string, l10n: L10n): CodeLine[] {
  const lines = visibleText(patch)
    .split('\n')
    .map((line): CodeLine => {
      const mark = line.startsWith('+') ? 'added' : line.startsWith('-') ? 'removed' : 'same';
      return { number: 0, text: line.replace(/^[-+ ]/, ''), mark };
    });
  return withoutBlanks(lines, l10n);
}

function linesOf(text: string): string[] {
  return text === '' ? [] : text.split('\n');
}

function withoutBlanks(lines: readonly CodeLine[], l10n: L10n): CodeLine[] {
  return foldBlanks(
    lines,
    ({ text }) => text.trim() === '',
    ({ length, 0: first }) => ({ number: 0, text: l10n.t('{0} blank lines', length), mark: first?.mark ?? 'same', blanks: true }),
    (left, right) => left.mark === right.mark,
  );
}
