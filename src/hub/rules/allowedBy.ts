import { HubError } from '../../protocol/hubErrors.ts';
import { assertNever } from '../../util/errors.ts';
import { followFolder, type PlacedCommand } from './followFolder.ts';
import { isInBareRepository } from './git/repository.ts';
import { keepsReading } from './keepsReading.ts';
import { matchCommand } from './matchCommand.ts';
import { matchPath } from './pathRule.ts';
import type { World } from './place/place.ts';
import { type ParsedRule, parseRule } from './rule.ts';
import { type JoinedCommand, type ShellCommand } from './shellCommand.ts';
import { type ReadUse, readUse, type ToolUse } from './toolUse.ts';
import { anything } from './word.ts';

/** A rule as it is kept. */
export interface KeptRule {
  text: string;
  /** The user lets it allow what isn't known to keep reading in the workspace. */
  unchecked?: boolean | undefined;
}

type Candidate = KeptRule & { rule: ParsedRule };
type ShellUse = Extract<ReadUse, { kind: 'shell' }>;

/**
 * The rules (their texts, as given) that together allow this use, each once; `undefined` if they don't. Each command of a line that
 * joins several must be allowed by a rule, not all by the same. What is no rule allows nothing.
 */
export function allowedBy(rules: readonly KeptRule[], use: ToolUse, world: World): string[] | undefined {
  const candidates = rules.flatMap((kept) => {
    const rule = readRule(kept.text);
    return rule?.tool === use.tool ? [{ ...kept, rule }] : [];
  });
  if (candidates.length === 0) return undefined;
  const read = readUse(use, world);
  switch (read.kind) {
    case 'asked':
      return undefined;
    case 'files':
      return byPaths(candidates, read.paths);
    case 'shell':
      return byWholeLine(candidates, read) ?? byCommands(candidates, read);
    case 'other':
      return justThis(
        candidates.find(({ rule, unchecked }) => {
          if (rule.kind === 'input') return rule.input === use.input;
          return rule.kind === 'tool' && (unchecked === true || !read.isShellLike);
        }),
      );
    default:
      return assertNever(read);
  }
}

/** Rules are looked at again for every use: what was read is kept, and given up all at once when it is a lot. */
const readBefore = new Map<string, ParsedRule | undefined>();
const mostRead = 2_000;

function readRule(text: string): ParsedRule | undefined {
  if (readBefore.has(text)) return readBefore.get(text);
  if (readBefore.size >= mostRead) readBefore.clear();
  const rule = parseOrUndefined(text);
  readBefore.set(text, rule);
  return rule;
}

function parseOrUndefined(text: string): ParsedRule | undefined {
  try {
    return parseRule(text);
  } catch (error) {
    if (error instanceof HubError) return undefined;
    throw error;
  }
}

function justThis(candidate: Candidate | undefined): string[] | undefined {
  return candidate === undefined ? undefined : [candidate.text];
}

function byPaths(candidates: readonly Candidate[], paths: readonly string[] | undefined): string[] | undefined {
  if (paths === undefined) return undefined;
  const used = paths.map((path) =>
    candidates.find(({ rule }) => rule.kind === 'tool' || (rule.kind === 'path' && matchPath(rule.pattern, path))),
  );
  return used.every((candidate) => candidate !== undefined) ? [...new Set(used.map(({ text }) => text))] : undefined;
}

/** A rule for this very line, or for whatever the shell is given. */
function byWholeLine(candidates: readonly Candidate[], { command, line, place }: ShellUse): string[] | undefined {
  if (place !== undefined && /\bgit\b/.test(JSON.stringify(command)) && isInBareRepository(place)) return undefined;
  return justThis(
    candidates.find(({ rule, unchecked }) => {
      if (rule.kind === 'tool') return unchecked === true;
      if (rule.kind === 'command') return rule.command === command;
      return rule.kind === 'line' && line !== undefined && isSameLine(rule.line, line);
    }),
  );
}

function isSameLine(line: readonly JoinedCommand[], other: readonly JoinedCommand[]): boolean {
  return (
    line.length === other.length &&
    line.every(({ joint, words }, index) => joint === other[index]?.joint && isSame(words, other[index].words))
  );
}

function isSame(words: ShellCommand, other: ShellCommand): boolean {
  return words.length === other.length && words.every((word, index) => word === other[index]);
}

function byCommands(candidates: readonly Candidate[], { line, place, output }: ShellUse): string[] | undefined {
  if (line === undefined) return undefined;
  const used = new Set<string>();
  for (const command of followFolder(line, place === undefined ? undefined : [place])) {
    if (command.isLost) return undefined;
    // Looked up once, and only if a rule depends on it.
    let found: { name: string | undefined } | undefined;
    const name = (): string | undefined => (found ??= { name: nameOf(command, output) }).name;
    const match = candidates.find((candidate) => allowsCommand(candidate, command, name));
    if (match === undefined) return undefined;
    used.add(match.text);
  }
  return [...used];
}

/** @param findName the name under which the command is known to keep reading */
function allowsCommand({ rule, unchecked }: Candidate, command: PlacedCommand, findName: () => string | undefined): boolean {
  const { words } = command;
  if (rule.kind === 'line') {
    const [only] = rule.line;
    // What another command prints may be what it runs.
    return rule.line.length === 1 && only !== undefined && !command.isFed && isSame(only.words, words) && !obeysFolder(command);
  }
  if (rule.kind !== 'star') return false;
  if (unchecked === true) return matchCommand(rule.pattern, words) && !obeysFolder(command);
  // The words first, as they cost nothing.
  const isMatch = matchCommand(rule.pattern, words);
  const name = isMatch || rule.pattern[0] === words[0] ? findName() : undefined;
  return name !== undefined && (isMatch || isStarOf(rule.pattern, name));
}

/** `git log *` is about `git log` in whatever way it is called. */
function isStarOf(pattern: ShellCommand, name: string): boolean {
  return pattern.slice(0, -1).join(' ') === name && pattern.at(-1) === anything;
}

/** The name of a command that keeps reading in the workspace, wherever it may run. */
export function nameOf({ words, places, feeds }: PlacedCommand, output: ShellUse['output']): string | undefined {
  if (places === undefined) return undefined;
  if (words[0] === 'cd') return words.length === 2 ? 'cd' : undefined;
  const names = places.map((place) => keepsReading(words, place, feeds ? 'pipe' : output));
  return names.every((name) => name !== undefined) ? names[0] : undefined;
}

/** A git that is run in a folder that only looks like a repository obeys the configuration there. */
function obeysFolder({ words, places = [] }: PlacedCommand): boolean {
  return words[0] === 'git' && places.some(isInBareRepository);
}
