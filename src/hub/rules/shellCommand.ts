import { lexShell, type Shell, type ShellToken } from './lexShell.ts';
import { readShellTree } from './readShellTree.ts';
import { live, type Word } from './word.ts';

/** The words of one command, at least one of them no assignment. */
export type ShellCommand = readonly Word[];

/** What stands between a command and the one before it; nothing before the first. */
export type Joint = '' | '&&' | '||' | ';' | '|';

export interface JoinedCommand {
  joint: Joint;
  words: ShellCommand;
}

/**
 * The commands that the line `source` runs, at least one, and how they are joined; `undefined` if it may run or write anything that
 * its words don't say. Two readings must agree on it: a lexer that knows little and accounts for every character, and a parser that
 * knows the whole language.
 */
export function readLine(source: string, shell: Shell): readonly JoinedCommand[] | undefined {
  const tokens = lexShell(source, shell);
  if (tokens === undefined) return undefined;
  if (isOperator(tokens.at(-1), ';')) tokens.pop();
  const parsed = readShellTree(source);
  if (parsed === undefined || !agree(tokens, parsed)) return undefined;

  const commands: { joint: Joint; words: Word[] }[] = [{ joint: '', words: [] }];
  for (const token of tokens) {
    if (token.kind === 'operator') commands.push({ joint: token.text, words: [] });
    else commands.at(-1)?.words.push(token.text);
  }
  return commands.every(({ words }) => words.length > 0) ? commands : undefined;
}

function isOperator(token: ShellToken | undefined, text: string): boolean {
  return token?.kind === 'operator' && token.text === text;
}

/** Says that both found the same words and operators at the same places, and nothing else. */
export function agree(lexed: readonly ShellToken[], parsed: readonly ShellToken[]): boolean {
  return lexed.length === parsed.length && lexed.every((token, index) => isSame(token, parsed[index]));
}

function isSame(lexed: ShellToken, parsed: ShellToken | undefined): boolean {
  if (lexed.kind === 'operator') return isOperator(parsed, lexed.text);
  return (
    parsed !== undefined &&
    parsed.kind === lexed.kind &&
    parsed.pos === lexed.pos &&
    parsed.end === lexed.end &&
    parsed.text === lexed.text.replaceAll(live, '')
  );
}
