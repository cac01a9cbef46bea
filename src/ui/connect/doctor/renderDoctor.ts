import { escapeBlock, escapeLine } from '../../text/escapeMarkdown.ts';
import type { L10n } from '../../text/l10n.ts';
import { type Mark, type Step, stepTitle, testPrompt } from './doctorSteps.ts';

/** The Markdown page of a check: each step with its result. All text in it is literal. */
export function renderDoctor(steps: readonly Step[], words: { title: string; facts: string }, l10n: L10n): string {
  const asks = steps.some(({ id, mark }) => id === 'heard' && (mark === 'passed' || mark === 'warning'));
  const parts = [
    `# ${escapeLine(words.title)}`,
    escapeLine(words.facts),
    `**${verdict(steps, l10n)}**`,
    ...steps.map(({ id, mark, notes }) => {
      const { sign, word } = markText(mark, l10n);
      return [`## ${sign} ${stepTitle(id, l10n)} · ${word}`, ...notes.map(escapeBlock)].join('\n');
    }),
    ...(asks ? ['---', l10n.t('The text for the test question:'), escapeBlock(testPrompt(l10n))] : []),
  ];
  return `${parts.join('\n\n')}\n`;
}

/** The result of the check in one sentence that claims no more than was observed. */
export function verdict(steps: readonly Step[], l10n: L10n): string {
  const marks = steps.map(({ mark }) => mark);
  if (marks.includes('failed')) return l10n.t('Something is not right yet.');
  if (marks.length === 0 || marks.includes('running')) return l10n.t('The check is under way.');
  const waits = steps.find(({ mark }) => mark === 'waiting');
  if (waits?.id === 'heard') return l10n.t('Everything is in place. Now the agent has to come.');
  if (waits !== undefined) return l10n.t('The agent is there. Now a question can make the whole way.');
  if (marks.includes('stopped')) return l10n.t('What was looked at is right; the rest was not seen.');
  const arrived = steps.some(({ id, mark }) => id === 'delivered' && mark === 'passed');
  return arrived ? l10n.t('A question made the whole way, and the answer arrived.') : l10n.t('The check is under way.');
}

function markText(mark: Mark, l10n: L10n): { sign: string; word: string } {
  const words: { readonly [K in Mark]: { sign: string; word: string } } = {
    later: { sign: '○', word: l10n.t('not yet') },
    running: { sign: '…', word: l10n.t('looking') },
    waiting: { sign: '…', word: l10n.t('waiting') },
    passed: { sign: '✓', word: l10n.t('yes') },
    warning: { sign: '!', word: l10n.t('yes, but') },
    failed: { sign: '✗', word: l10n.t('no') },
    skipped: { sign: '–', word: l10n.t('passed over') },
    stopped: { sign: '–', word: l10n.t('not seen') },
  };
  return words[mark];
}
