import { escapeBlock, escapeLine } from '../../text/escapeMarkdown.ts';
import type { L10n } from '../../text/l10n.ts';
import { type Mark, markWord, type Step, stepTitle, testPrompt } from './doctorSteps.ts';

/** The report of a check, in Markdown: each step with its result. All text in it is literal. */
export function renderDoctor(steps: readonly Step[], words: { title: string; facts: string }, l10n: L10n): string {
  const asks = steps.some(({ id, mark }) => id === 'heard' && (mark === 'passed' || mark === 'warning'));
  const parts = [
    `# ${escapeLine(words.title)}`,
    escapeLine(words.facts),
    `**${verdict(steps, l10n)}**`,
    ...steps.map(({ id, mark, notes }) => {
      return [`## ${signs[mark]} ${stepTitle(id, l10n)} · ${markWord(mark, l10n)}`, ...notes.map(escapeBlock)].join('\n');
    }),
    ...(asks ? ['---', l10n.t('Test prompt:'), escapeBlock(testPrompt(l10n))] : []),
  ];
  return `${parts.join('\n\n')}\n`;
}

/** The result of the check in one sentence that claims no more than was observed. */
export function verdict(steps: readonly Step[], l10n: L10n): string {
  const marks = steps.map(({ mark }) => mark);
  if (marks.includes('failed')) return l10n.t('There is a problem.');
  if (marks.length === 0 || marks.includes('running')) return l10n.t('Checking…');
  const waits = steps.find(({ mark }) => mark === 'waiting');
  if (waits?.id === 'heard') return l10n.t('Set up. Waiting for the agent to connect…');
  if (waits !== undefined) return l10n.t('Connected. A test question now checks the whole way.');
  if (marks.includes('stopped')) return l10n.t('Everything checked so far is fine; the rest was not checked.');
  const arrived = steps.some(({ id, mark }) => id === 'delivered' && mark === 'passed');
  return arrived ? l10n.t('Connection works: question asked, answered, delivered.') : l10n.t('Checking…');
}

const signs: { readonly [K in Mark]: string } = {
  later: '○',
  running: '…',
  waiting: '…',
  passed: '✓',
  warning: '!',
  failed: '✗',
  skipped: '–',
  stopped: '–',
};
