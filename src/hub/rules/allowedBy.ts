import { HubError } from '../../protocol/hubErrors.ts';
import { matchCommand } from './matchCommand.ts';
import { parseRule, type Rule } from './rule.ts';
import { readCommands, type ToolUse } from './toolUse.ts';

/**
 * The rules (their texts, as given) that together allow this use, each once; `undefined` if they don't. Each command of a line that
 * joins several must be allowed by a rule, not all by the same. What is no rule allows nothing.
 */
export function allowedBy(rules: readonly string[], use: ToolUse): string[] | undefined {
  const candidates = rules.map((text) => ({ text, rule: readRule(text) })).filter(({ rule }) => rule?.tool === use.tool);
  const whole = candidates.find(({ rule }) => rule?.kind === 'tool');
  if (whole !== undefined) return [whole.text];
  const commands = candidates.length === 0 ? undefined : readCommands(use);
  if (commands === undefined) return undefined;
  const used = new Set<string>();
  for (const command of commands) {
    const match = candidates.find(({ rule }) => rule?.kind === 'command' && matchCommand(rule.pattern, command));
    if (match === undefined) return undefined;
    used.add(match.text);
  }
  return [...used];
}

function readRule(text: string): Rule | undefined {
  try {
    return parseRule(text);
  } catch (error) {
    if (error instanceof HubError) return undefined;
    throw error;
  }
}
