import { isWakeSentence } from '../../protocol/wake.ts';

/** Whether a prompt is that by which the hub has woken its agent: agents put it among words of their own, or take it for the user's. */
export function isWakePrompt(prompt: unknown): boolean {
  return typeof prompt === 'string' && isWakeSentence(prompt);
}
