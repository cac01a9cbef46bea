import type { PickItem } from '../../shell/prompts.ts';
import { joinParts } from '../../text/displayNames.ts';
import type { L10n } from '../../text/l10n.ts';
import { brokenLine } from '../../text/promptLines.ts';
import { visibleLine } from '../../text/visibleText.ts';
import { type Mark, markWord, type Step, stepTitle } from './doctorSteps.ts';
import { mendText } from './mend.ts';

const icons: { readonly [K in Mark]: string } = {
  later: 'circle-large-outline',
  running: 'loading~spin',
  waiting: 'loading~spin',
  passed: 'pass',
  warning: 'warning',
  failed: 'error',
  skipped: 'circle-slash',
  stopped: 'circle-slash',
};

/** Stands before the lines below a step. */
const indent = '\u00A0'.repeat(6);

/** A check as rows. What needs the user says all of it, in lines below its row; the id of each of them is that of the step, and its number. */
export function checkRows(steps: readonly Step[], l10n: L10n): PickItem<string>[] {
  return steps.flatMap((step): PickItem<string>[] => {
    const { id, mark, notes, mend } = step;
    const isDue = needsUser(step);
    const description = joinParts([
      mark === 'passed' ? undefined : markWord(mark, l10n),
      mend === undefined ? undefined : `→ ${mendText(mend, l10n)}`,
      isDue ? undefined : visibleLine(notes.join(' ')),
    ]);
    const row = { label: stepTitle(id, l10n), icon: icons[mark], ...(description !== '' && { description }), value: id };
    if (!isDue) return [row];
    const lines = notes.flatMap((note) => brokenLine(visibleLine(note)));
    return [row, ...lines.map((line, index) => ({ label: `${indent}${line}`, value: `${id}:${index}` }))];
  });
}

/** The step of a row. */
export function stepOfRow(steps: readonly Step[], rowId: string): Step | undefined {
  return steps.find(({ id }) => id === rowId.split(':')[0]);
}

/** The first step that the user can do something about. */
export function firstToMend(steps: readonly Step[]): Step | undefined {
  return steps.find(({ mend }) => mend !== undefined) ?? steps.find(needsUser);
}

/** How many of the steps that apply have passed. */
export function sumOf(steps: readonly Step[], l10n: L10n): string {
  const all = steps.filter(({ mark }) => mark !== 'skipped');
  return l10n.t('{0} of {1} passed', all.filter(({ mark }) => mark === 'passed' || mark === 'warning').length, all.length);
}

function needsUser({ mark }: Step): boolean {
  return mark === 'failed' || mark === 'warning' || mark === 'waiting';
}
