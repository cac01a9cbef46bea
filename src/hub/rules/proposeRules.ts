import { dirname } from 'node:path';
import { limits } from '../../protocol/limits.ts';
import { assertNever } from '../../util/errors.ts';
import { parseObject } from '../../util/parseObject.ts';
import { allowedBy, nameOf } from './allowedBy.ts';
import { followFolder } from './followFolder.ts';
import type { World } from './place/place.ts';
import { formatLine } from './rule.ts';
import { type ReadUse, readUse, type ToolUse } from './toolUse.ts';
import { anything, formatWords, isOpen, type Word } from './word.ts';

/**
 * Rules that would together allow a use: this very one (`exact`), files of a folder (`folder`), commands that keep reading
 * (`reading`), each command of a line by itself (`parts`), each use of the tool (`tool`).
 */
export interface RuleProposal {
  texts: readonly string[];
  scope: 'exact' | 'folder' | 'reading' | 'parts' | 'tool';
}

/**
 * Rules that would allow this use, the narrowest first. None where no rule may be. A star is only for commands that are known to keep
 * reading in the workspace, whatever is put for it.
 */
export function proposeRules(use: ToolUse, world: World): RuleProposal[] {
  const proposals = propose(use, readUse(use, world));
  return proposals.flatMap(({ texts, scope }) => {
    // A few names and arguments can't be said in a rule, such as those with control characters; and of two rules, one may be enough.
    const used = texts.every((text) => text.length <= limits.rule)
      ? allowedBy(
          texts.map((text) => ({ text })),
          use,
          world,
        )
      : undefined;
    return used === undefined ? [] : [{ texts: used, scope }];
  });
}

function propose({ tool, input }: ToolUse, read: ReadUse): RuleProposal[] {
  switch (read.kind) {
    case 'asked':
      return [];
    case 'shell':
      return proposeForShell(tool, read);
    case 'files':
      return read.paths === undefined ? [] : proposeForFiles(tool, read.paths);
    case 'other': {
      const proposals: RuleProposal[] = parseObject(input) === undefined ? [] : [{ texts: [`${tool}:${input}`], scope: 'exact' }];
      // The tools of a server that the user has set up do what their names say. Others may reach anything.
      if (tool.startsWith('mcp_') && !read.isShellLike) proposals.push({ texts: [tool], scope: 'tool' });
      return proposals;
    }
    default:
      return assertNever(read);
  }
}

function proposeForFiles(tool: string, paths: readonly string[]): RuleProposal[] {
  const folders = [...new Set(paths.map((path) => (dirname(path) === '.' ? '*' : `${dirname(path)}/**`)))];
  const rules = (patterns: readonly string[]) => [...new Set(patterns.map((pattern) => `${tool}:${pattern}`))];
  return [
    ...(paths.some((path) => path.includes('*')) ? [] : [{ texts: rules(paths), scope: 'exact' } as const]),
    { texts: rules(folders), scope: 'folder' },
  ];
}

function proposeForShell(tool: string, { command, line, place, output }: Extract<ReadUse, { kind: 'shell' }>): RuleProposal[] {
  const isPlain = line !== undefined && !line.some(({ words }) => words.some(isOpen));
  const exact = isPlain ? [`${tool}:${formatLine(line)}`] : typeof command === 'string' ? [`${tool}:${JSON.stringify({ command })}`] : [];
  const proposals: RuleProposal[] = exact.map((text) => ({ texts: [text], scope: 'exact' }));
  const placed = followFolder(line ?? [], place === undefined ? undefined : [place]);
  const parts = placed.map((one) => {
    const name = nameOf(one, output);
    if (name !== undefined) return { text: starText(tool, name), isStar: true };
    return one.words.some(isOpen) ? undefined : { text: `${tool}:${formatWords(one.words)}`, isStar: false };
  });
  if (parts.length === 0 || !parts.every((part) => part !== undefined)) return proposals;
  const texts = [...new Set(parts.map(({ text }) => text))];
  if (parts.every(({ isStar }) => isStar)) proposals.push({ texts, scope: 'reading' });
  else if (parts.length > 1) proposals.push({ texts, scope: 'parts' });
  return proposals;
}

function starText(tool: string, name: string): string {
  const words: Word[] = [...name.split(' '), anything];
  return `${tool}:${formatWords(words)}`;
}
