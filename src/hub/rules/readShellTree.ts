import { type Assignment, type Command, type ParsedScript, type Pipeline, parse, type Statement, type Word, type WordPart } from 'unbash';
import { isJoiner, type ShellToken } from './lexShell.ts';

// What a full parser of bash sees in a command line. Only the nodes that are named here are known; any other is refused.

/** The tokens of `source`, or `undefined` if there is anything in it but plain commands that are joined. */
export function readShellTree(source: string): ShellToken[] | undefined {
  const tokens: ShellToken[] = [];
  return readScript(parse(source), tokens) ? tokens : undefined;
}

// Each of these adds the tokens of its node, and says whether it knows all that is in it.

function readScript(script: ParsedScript, tokens: ShellToken[]): boolean {
  if (script.shebang !== undefined || (script.errors?.length ?? 0) > 0) return false;
  return script.commands.every((statement, index) => {
    if (index > 0) tokens.push({ kind: 'operator', text: ';' });
    return statement.background !== true && readNode(statement.command, tokens);
  });
}

function readNode(node: Statement['command'], tokens: ShellToken[]): boolean {
  switch (node.type) {
    case 'AndOr':
      return readJoined(node.commands, node.operators, tokens);
    case 'Pipeline':
      return readPrefixes(node.prefixes, tokens) && readJoined(node.commands, node.operators, tokens);
    case 'Command':
      return readCommand(node, tokens);
    default:
      return false;
  }
}

function readJoined(nodes: readonly Statement['command'][], operators: readonly string[], tokens: ShellToken[]): boolean {
  return nodes.every((node, index) => {
    const text = operators[index - 1] ?? '';
    // `|&` is a redirection as well.
    if (index > 0 && !isJoiner(text)) return false;
    if (isJoiner(text)) tokens.push({ kind: 'operator', text });
    return readNode(node, tokens);
  });
}

/** `time` is a word of the shell's own; here it is a program like others. */
function readPrefixes(prefixes: Pipeline['prefixes'], tokens: ShellToken[]): boolean {
  return prefixes.every((prefix) => {
    if (prefix.type !== 'Time' || prefix.end !== prefix.keywordEnd) return false;
    tokens.push({ kind: 'word', text: 'time', pos: prefix.pos, end: prefix.end });
    return true;
  });
}

function readCommand(command: Command, tokens: ShellToken[]): boolean {
  return (
    command.prefix.every((node) => node.type === 'Assignment' && readAssignment(node, 'assignment', tokens)) &&
    command.name !== undefined &&
    readWord(command.name, tokens) &&
    command.suffix.every((node) => {
      if (node.type === 'Word') return readWord(node, tokens);
      // `export A=b`: to the parser an assignment, to the program an argument.
      return node.type === 'Assignment' && readAssignment(node, 'word', tokens);
    })
  );
}

function readAssignment(node: Assignment, kind: 'word' | 'assignment', tokens: ShellToken[]): boolean {
  if (node.value.type !== 'Word' || node.append === true || node.index !== undefined) return false;
  tokens.push({ kind, text: `${node.name}=${node.value.value}`, pos: node.pos, end: node.end });
  return isPlain(node.value.parts);
}

function readWord(node: Word, tokens: ShellToken[]): boolean {
  tokens.push({ kind: 'word', text: node.value, pos: node.pos, end: node.end });
  return isPlain(node.parts);
}

function isPlain(parts: readonly WordPart[] = []): boolean {
  return parts.every((part) => {
    if (part.type === 'DoubleQuoted') return part.parts.every((child) => child.type === 'Literal');
    return ['Literal', 'SingleQuoted', 'Glob', 'BraceExpansion'].includes(part.type);
  });
}
