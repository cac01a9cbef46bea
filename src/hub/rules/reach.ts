import type { RuleReach } from '../../protocol/operations.ts';
import { assertNever } from '../../util/errors.ts';
import { findFileTool } from './fileTools.ts';
import { knownCommands } from './known/findKnown.ts';
import type { ParsedRule } from './rule.ts';
import { findShellTool } from './shellTools.ts';
import { anything } from './word.ts';

const known = new Set(['cd', ...knownCommands.map(({ name }) => name)]);

/** What a rule lets through, at most. */
export function reachOf(rule: ParsedRule): RuleReach {
  switch (rule.kind) {
    case 'line':
    case 'command':
    case 'input':
      return 'exact';
    case 'path':
      return 'files';
    case 'star':
      return rule.pattern.at(-1) === anything && known.has(rule.pattern.slice(0, -1).join(' ')) ? 'reading' : 'unchecked';
    case 'tool':
      if (findShellTool(rule.tool) !== undefined) return 'unchecked';
      return findFileTool(rule.tool) === undefined ? 'tool' : 'files';
    default:
      return assertNever(rule);
  }
}
