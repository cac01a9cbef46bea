import { allowedBy } from './allowedBy.ts';
import { isRunner } from './runners.ts';
import { isShellTool, isUnreadShellUse, readCommands, type ToolUse } from './toolUse.ts';
import { anything, formatWords, isOpen } from './word.ts';

/**
 * A rule that would allow a use: this command alone, this part of a program with whatever follows, this program with any arguments,
 * or each use of the tool.
 */
export interface RuleProposal {
  text: string;
  scope: 'exact' | 'subcommand' | 'program' | 'tool';
}

/**
 * Rules that would allow this use, the narrowest first. None for a line that joins commands, as one rule can't say it; none for a
 * command that says not all it does, such as one with a substitution; none for a shell whose commands aren't read, nor for a tool that isn't known to be one and takes a command. A shell tool as
 * a whole is never proposed, nor any arguments of a program that runs other programs.
 */
export function proposeRules(use: ToolUse): RuleProposal[] {
  if (isUnreadShellUse(use)) return [];
  const proposals: RuleProposal[] = isShellTool(use.tool) ? proposeForShell(use) : [{ text: use.tool, scope: 'tool' }];
  // A `*` needs words to stand for. And a few names and arguments can't be said in a rule, such as those with control characters.
  return proposals.filter(({ text }) => allowedBy([text], use) !== undefined);
}

function proposeForShell(use: ToolUse): RuleProposal[] {
  const [words, ...others] = readCommands(use) ?? [];
  if (words === undefined || others.length > 0) return [];
  const [program = '', subcommand = ''] = words;
  const rule = (scope: RuleProposal['scope'], pattern: readonly string[]) => ({ text: `${use.tool}:${formatWords(pattern)}`, scope });

  const proposals: RuleProposal[] = [];
  if (!words.some(isOpen)) proposals.push(rule('exact', words));
  // A path names a file, which may be another one tomorrow.
  if (!/^[a-z][\w.+-]{0,39}$/i.test(program) || isRunner(program)) return proposals;
  if (/^[a-z][a-z0-9-]*$/.test(subcommand)) proposals.push(rule('subcommand', [program, subcommand, anything]));
  proposals.push(rule('program', [program, anything]));
  return proposals;
}
