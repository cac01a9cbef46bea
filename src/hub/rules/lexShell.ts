import { live, type Word } from './word.ts';

// The part of the shell's language in which a command line says exactly what it runs: words and what joins commands, no more.

/**
 * Who will read the command line: bash (or a shell that quotes like it), or a shell that isn't known, such as that of a terminal.
 * For the latter, quotes and backslashes must not matter.
 */
export type Shell = 'bash' | 'unknown';

export type ShellToken = { kind: 'word' | 'assignment'; text: Word; pos: number; end: number } | { kind: 'operator'; text: Operator };

/** What joins commands. */
export type Operator = '&&' | '||' | ';' | '|';

/** The tokens of `source`, or `undefined` if there is anything in it that is more than words joined by `&&`, `||`, `;` and `|`. */
export function lexShell(source: string, shell: Shell): ShellToken[] | undefined {
  if (!source.isWellFormed()) return undefined;
  const tokens: ShellToken[] = [];
  let beforeProgram = true;
  for (let at = 0; at < source.length; ) {
    if (source[at] === ' ') {
      at += 1;
      continue;
    }
    const operator = operators.find((text) => source.startsWith(text, at));
    if (operator !== undefined) {
      tokens.push({ kind: 'operator', text: operator });
      at += operator.length;
      beforeProgram = true;
      continue;
    }
    const word = readWord(source, at, shell);
    if (word === undefined) return undefined;
    const name: string | undefined = beforeProgram ? assignedName(source.slice(at, word.end)) : undefined;
    beforeProgram = name !== undefined;
    if (name === undefined) tokens.push({ kind: 'word', text: word.text, pos: at, end: word.end });
    else tokens.push({ kind: 'assignment', text: `${name}${live}${word.text.slice(name.length)}`, pos: at, end: word.end });
    at = word.end;
  }
  return tokens;
}

const operators: readonly Operator[] = ['&&', '||', ';', '|'];

export function isJoiner(text: string): text is Operator {
  return operators.some((operator) => operator === text);
}

/** What may stand outside of quotes, besides quotes and the backslash. */
const bare: Record<Shell, RegExp> = {
  bash: /^[\w@%+=:,./^~*?[\]{}!\p{L}\p{M}\p{N}-]$/u,
  unknown: /^[\w@+=:,./~*?!\p{L}\p{M}\p{N}-]$/u,
};

/** What may stand between quotes, as it is written there. No control characters: a terminal acts on them even there. */
const quotable: Record<Shell, RegExp> = {
  bash: /^[\P{Cc}\t\n]*$/u,
  unknown: /^[\w@+=:,./~*?!\p{L}\p{M}\p{N} -]*$/u,
};

interface Read {
  text: string;
  end: number;
}

function readWord(source: string, pos: number, shell: Shell): Read | undefined {
  let text = '';
  let at = pos;
  while (at < source.length && !' ;|&'.includes(source.charAt(at))) {
    const read = readPiece(source, at, at === pos, shell);
    if (read === undefined) return undefined;
    text += read.text;
    at = read.end;
  }
  return at === pos ? undefined : { text, end: at };
}

function readPiece(source: string, at: number, first: boolean, shell: Shell): Read | undefined {
  const char = String.fromCodePoint(source.codePointAt(at) ?? 0);
  if (char === "'") return readSingleQuoted(source, at, shell);
  if (char === '"') return readDoubleQuoted(source, at, shell);
  if (char === '\\') return shell === 'bash' ? readEscaped(source, at) : undefined;
  const end = at + char.length;
  const next = source.charAt(end);
  if (!bare[shell].test(char)) return undefined;
  if (char === '!' && !['', ' ', '='].includes(next)) return undefined;
  if (char === '~') {
    if (first) return ['', ' ', '/', ';', '|', '&'].includes(next) ? { text: `${live}~`, end } : undefined;
    // Some shells put a home folder here, some don't.
    if ('=:'.includes(source.charAt(at - 1))) return undefined;
  }
  return { text: '*?[{'.includes(char) ? live + char : char, end };
}

function readSingleQuoted(source: string, at: number, shell: Shell): Read | undefined {
  const close = source.indexOf("'", at + 1);
  const text = source.slice(at + 1, close);
  return close !== -1 && quotable[shell].test(text) ? { text, end: close + 1 } : undefined;
}

function readDoubleQuoted(source: string, open: number, shell: Shell): Read | undefined {
  let text = '';
  for (let at = open + 1; at < source.length; at += 1) {
    const char = source.charAt(at);
    const next = source.charAt(at + 1);
    if (char === '"') return quotable[shell].test(source.slice(open + 1, at)) ? { text, end: at + 1 } : undefined;
    if (char === '$' || char === '`') return undefined;
    // The history of an interactive shell.
    if (char === '!' && !['"', ' ', '='].includes(next)) return undefined;
    if (char === '\\' && next === '\n') return undefined;
    if (char === '\\' && ['$', '`', '"', '\\'].includes(next)) {
      text += next;
      at += 1;
    } else text += char;
  }
  return undefined;
}

function readEscaped(source: string, at: number): Read | undefined {
  const code = source.codePointAt(at + 1);
  if (code === undefined) return undefined;
  const text = String.fromCodePoint(code);
  return /^\P{Cc}$/u.test(text) ? { text, end: at + 1 + text.length } : undefined;
}

function assignedName(raw: string): string | undefined {
  return /^([A-Za-z_]\w*)=/.exec(raw)?.[1];
}
