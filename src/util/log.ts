/** Where a part of the program reports to. Never give it tokens, nor message bodies above `trace`. */
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

/** A logger over one function that takes a level and a line. */
export function createLogger(write: (level: LogLevel, line: string) => void, name = ''): Logger {
  const prefix = name === '' ? '' : `[${name}] `;
  return {
    trace: (message) => write('trace', prefix + message),
    info: (message) => write('info', prefix + message),
    warn: (message) => write('warn', prefix + message),
    error: (message) => write('error', prefix + message),
    child: (childName) => createLogger(write, name === '' ? childName : `${name}/${childName}`),
  };
}

/** A log that keeps nothing. */
export const nullLog: Logger = createLogger(() => {});
