import type { L10n } from '../../text/l10n.ts';
import type { Mend } from './mend.ts';

/** The steps of a check, in order. */
export const stepIds = ['hub', 'entry', 'node', 'call', 'hooks', 'heard', 'asked', 'answered', 'delivered'] as const;
export type StepId = (typeof stepIds)[number];

/** The state of a step. `skipped`: it does not apply, or an earlier step failed. */
export type Mark = 'later' | 'running' | 'waiting' | 'passed' | 'warning' | 'failed' | 'skipped' | 'stopped';

/** The result of a step: its state, what was found, in whole sentences, and what the user can do about it. */
export interface Finding {
  mark: Mark;
  notes: readonly string[];
  mend?: Mend | undefined;
}

export interface Step extends Finding {
  id: StepId;
}

export function stepTitle(id: StepId, l10n: L10n): string {
  const titles: { readonly [K in StepId]: string } = {
    hub: l10n.t('Hub runs'),
    entry: l10n.t('Entry in the agent’s file'),
    node: l10n.t('Node found'),
    call: l10n.t('Real call, made as the entry says'),
    hooks: l10n.t('Hooks in place'),
    heard: l10n.t('Agent connected'),
    asked: l10n.t('Test question asked'),
    answered: l10n.t('Answered by you'),
    delivered: l10n.t('Answer delivered'),
  };
  return titles[id];
}

/** A state in a word. */
export function markWord(mark: Mark, l10n: L10n): string {
  const words: { readonly [K in Mark]: string } = {
    later: l10n.t('not yet'),
    running: l10n.t('checking'),
    waiting: l10n.t('waiting'),
    passed: l10n.t('ok'),
    warning: l10n.t('warning'),
    failed: l10n.t('failed'),
    skipped: l10n.t('skipped'),
    stopped: l10n.t('stopped here'),
  };
  return words[mark];
}

/** The current step in a few words. */
export function stepProgress({ id, mark }: Step, l10n: L10n): string {
  if (mark !== 'waiting') return l10n.t('checking…');
  switch (id) {
    case 'asked':
      return l10n.t('waiting for a test question…');
    case 'answered':
      return l10n.t('waiting for your answer…');
    case 'delivered':
      return l10n.t('waiting for the agent to have your answer…');
    default:
      return l10n.t('waiting for the agent…');
  }
}

/** The prompt that makes the agent ask a test question. Its last call proves that the answer arrived. */
export function testPrompt(l10n: L10n): string {
  return l10n.t(
    'Ask me over AgentRQ (its tool askHuman) which colour I like best: red, green or blue. When you have my answer, call AgentRQ’s getWorkspace once, and then tell me the colour.',
  );
}
