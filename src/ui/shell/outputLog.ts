import type { LogOutputChannel } from 'vscode';
import { createLogger, type Logger } from '../../util/log.ts';

/** The log in the editor's output view. */
export function createOutputLog(channel: LogOutputChannel): Logger {
  return createLogger((level, line) => channel[level](line));
}
