import type { Card, CardContent } from '../../src/protocol/card.ts';

/** What an agent wants to run. */
export function commandContent(command: string): Extract<CardContent, { kind: 'permission' }> {
  const code = [{ number: 0, text: command, mark: 'same' }] as const;
  return { kind: 'permission', subtitle: '', warnings: [], facts: [], wish: { kind: 'command', code, others: [] }, raw: [] };
}

/** A card of a page, with what a test doesn't care about filled in. */
export function sampleCard(over: Partial<Card> = {}): Card {
  return {
    requestId: 'request0001',
    content: commandContent('npm publish'),
    open: true,
    mayTakeBack: false,
    who: { name: 'Claude Code', mark: 'CC', colour: 'blue' },
    heading: 'Claude Code wants to use Bash',
    title: 'Bash: npm publish',
    at: '2026-11-22T11:57:00.000Z',
    time: '11:57',
    where: 'Fix the login',
    need: 'standsStill',
    needWords: 'blocked on you',
    state: 'needs your decision',
    effect: 'Your answer reaches it at once.',
    verdict: '',
    answer: [],
    ...over,
  };
}
