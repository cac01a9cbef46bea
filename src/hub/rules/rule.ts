import { HubError } from '../../protocol/hubErrors.ts';
import { parseObject } from '../../util/parseObject.ts';
import { isNeverARule } from './agentTools.ts';
import { findFileTool } from './fileTools.ts';
import { refuseForeign } from './foreignRule.ts';
import { type JoinedCommand, readLine, type ShellCommand } from './shellCommand.ts';
import { commandMembers, findShellTool } from './shellTools.ts';
import { anything, formatWords, isAssignment, live, type Word } from './word.ts';

/**
 * An answer that the user gave beforehand. `text` is the rule in its one canonical form, and begins with the name of a tool:
 *
 * - `Edit`: each use of that tool, as far as rules go;
 * - `Edit:src/**`: files of the workspace;
 * - `Bash:npm test`, `Bash:cd web && npm test`: this line of a shell tool, and no other;
 * - `Bash:git log *`: commands. `*` stands for any characters of one word, and as the last word for any words;
 * - `Bash:{"command":"npm test > out"}`: this line, letter by letter, where it is more than plain words;
 * - `mcp__x__y:{"id":1}`: this input of any other tool, letter by letter.
 */
export type ParsedRule = { tool: string; text: string } & (
  | { kind: 'tool' }
  | { kind: 'path'; pattern: string }
  | { kind: 'line'; line: readonly JoinedCommand[] }
  | { kind: 'star'; pattern: ShellCommand }
  | { kind: 'command'; command: string }
  | { kind: 'input'; input: string }
);

/** @throws HubError('invalid_input') with a sentence that says what to write instead */
export function parseRule(source: string): ParsedRule {
  const text = source.trim();
  refuseForeign(text);
  const colon = text.indexOf(':');
  const tool = colon === -1 ? text : text.slice(0, colon);
  const rest = text.slice(colon + 1);
  if (isNeverARule(tool)) {
    throw invalid(`There is no rule for ${tool}: it answers for you, changes what is allowed, or controls a program that runs already.`);
  }
  const shell = findShellTool(tool);
  if (colon !== -1 && rest.startsWith('{')) return shell === undefined ? inputRule(tool, rest) : commandRule(tool, rest);
  if (colon !== -1 && shell !== undefined && shell.shell !== 'unread') return lineRule(tool, rest);
  if (colon !== -1 && findFileTool(tool) !== undefined) return pathRule(tool, rest);
  checkTool(text, tool);
  return { kind: 'tool', tool: text, text };
}

function invalid(message: string): HubError {
  return new HubError('invalid_input', message);
}

function checkTool(rule: string, beforeColon: string): void {
  if (rule === '' || rule === '*') {
    throw invalid('A rule names a tool. Write a name such as Edit, or a shell tool and a command, such as Bash:git log *.');
  }
  if (!/^\P{Cc}+$/u.test(rule)) throw invalid('The name of a tool is one line. Write each rule by itself.');
  if (rule.startsWith('mcp_') && rule.includes('*')) {
    throw invalid('A * stands for nothing in the name of a tool. Write one rule for each tool, with its whole name.');
  }
  if (findShellTool(beforeColon) !== undefined && rule !== beforeColon) {
    throw invalid(
      `Commands of ${beforeColon} can't be told apart. Write ${beforeColon}:{"command":"…"} for one line, or ${beforeColon} to allow all of them.`,
    );
  }
}

function inputRule(tool: string, input: string): ParsedRule {
  if (parseObject(input) === undefined || !/^\P{Cc}+$/u.test(tool)) {
    throw invalid('After the colon stands the whole input of the tool, as JSON, exactly as the agent sends it.');
  }
  return { kind: 'input', tool, input, text: `${tool}:${input}` };
}

function commandRule(tool: string, source: string): ParsedRule {
  const members = Object.entries(parseObject(source) ?? {});
  const [name = '', value] = members[0] ?? [];
  if (members.length !== 1 || !commandMembers.has(name) || typeof value !== 'string') {
    throw invalid(`Write one member with the line: ${tool}:{"command":"npm test > out.txt"}.`);
  }
  return { kind: 'command', tool, command: value, text: `${tool}:${JSON.stringify({ command: value })}` };
}

function pathRule(tool: string, rest: string): ParsedRule {
  const pattern = rest.trim().replace(/^\.\//, '');
  const segments = pattern.split('/');
  if (segments.some((segment) => ['', '.', '..', '~'].includes(segment)) || /[\p{Cc}\\]/u.test(pattern)) {
    throw invalid(`Write a path from the workspace on, with slashes, such as ${tool}:src/** or ${tool}:src/app.ts.`);
  }
  if ((pattern.match(/\*+/g)?.length ?? 0) > 8) throw invalid('That are too many stars. Write a path with eight at most.');
  return { kind: 'path', tool, pattern, text: `${tool}:${pattern}` };
}

function lineRule(tool: string, source: string): ParsedRule {
  if (source.trim() === '') {
    throw invalid(`The command is missing. Write ${tool}:npm test, for example, or ${tool}:git log * for what keeps reading.`);
  }
  const line = readLine(source, 'bash');
  const [first] = line ?? [];
  if (line === undefined || first === undefined) {
    throw invalid(
      "A rule holds plain words, because only those say what will run. Leave out redirections, variables and other programs' output, " +
        `write 'in single quotes' what is meant literally, or write the exact line as ${tool}:{"command":"…"}.`,
    );
  }
  if (!line.some(({ words }) => words.some((word) => word.includes(anything)))) {
    const exact = line.map(({ joint, words }) => ({ joint, words: words.map(withOnlyStars) }));
    return { kind: 'line', tool, line: exact, text: `${tool}:${formatLine(exact)}` };
  }
  if (line.length !== 1) {
    throw invalid('With a *, a rule is one command. Write one rule for each: they count together for a line that joins them.');
  }
  if (first.words.some((word) => isAssignment(word) && word.includes(anything))) {
    throw invalid('Write out the value that a variable is set to: a * there could change what the program does.');
  }
  const pattern = first.words.map(withOnlyStars);
  return { kind: 'star', tool, pattern, text: `${tool}:${formatWords(pattern)}` };
}

/** A line as text that reads back as the same commands. */
export function formatLine(line: readonly JoinedCommand[]): string {
  return line.map(({ joint, words }) => (joint === ';' ? '; ' : joint === '' ? '' : ` ${joint} `) + formatWords(words)).join('');
}

/** In a rule, of all that a shell would expand into several words, only `*` means more than itself. */
function withOnlyStars(word: Word): Word {
  return ['?', '[', '{'].reduce((text, char) => text.replaceAll(live + char, char), word);
}
