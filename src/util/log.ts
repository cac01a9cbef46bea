/**
 * Where a part of the program reports to, one line for each thing that happened. Never give it tokens, nor message bodies above
 * `trace`.
 */
export interface Logger {
  trace(message: string): void;
  info(message: string): void;
  warn(message: string): void;
  error(message: string): void;
  /** The same log, with `name` in front of every line. */
  child(name: string): Logger;
}

/** The four levels, quietest last. */
export type LogLevel = 'trace' | 'info' | 'warn' | 'error';

/** A logger over one function that takes a level and a line, which has no control characters and no more than `maxLine` characters. */
export function createLogger(write: (level: LogLevel, line: string) => void, name = ''): Logger {
  const prefix = name === '' ? '' : `[${name}] `;
  const at = (level: LogLevel) => (message: string) => write(level, prefix + toLine(message));
  return {
    trace: at('trace'),
    info: at('info'),
    warn: at('warn'),
    error: at('error'),
    child: (childName) => createLogger(write, name === '' ? childName : `${name}/${childName}`),
  };
}

/** A log that keeps nothing. */
export const nullLog: Logger = createLogger(() => {});

/** Characters of a line. */
const maxLine = 4_000;

/**
 * A message as one line. What somebody else wrote can't end it, move the cursor of a terminal, or turn the text around: such characters
 * are written as escapes.
 */
function toLine(message: string): string {
  const line = message.length > maxLine ? `${message.slice(0, maxLine)}… (${message.length - maxLine} more characters)` : message;
  return line.replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]/gu, escape);
}

function escape(character: string): string {
  if (character === '\n') return '\\n';
  return `\\u{${character.codePointAt(0)?.toString(16)}}`;
}
