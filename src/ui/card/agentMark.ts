import type { CardAgent } from '../../protocol/card.ts';
import type { Agent } from '../../protocol/model.ts';
import { agentColor } from '../text/knownAgents.ts';

const colours: readonly CardAgent['colour'][] = ['blue', 'green', 'orange', 'purple', 'red', 'yellow'];

/** What tells agents apart at a glance: the first letters of the words of a name, and a colour that is always the same for it. */
export function cardAgent(name: string, agent: Pick<Agent, 'name'> | undefined): CardAgent {
  const words = name.match(/[\p{L}\p{N}]+/gu) ?? [];
  const letters = words.length > 1 ? words.slice(0, 2).map(firstOf) : [firstOf(words[0] ?? '?')];
  let sum = 0;
  for (const character of name) sum = (sum * 31 + (character.codePointAt(0) ?? 0)) % 9_973;
  const own = colours.find((colour) => agentColor(agent) === `charts.${colour}`);
  return { name, mark: letters.join('').toUpperCase(), colour: own ?? colours[sum % colours.length] ?? 'blue' };
}

function firstOf(word: string): string {
  return /./u.exec(word)?.[0] ?? '';
}
