import type * as vscode from 'vscode';
import { describeError } from '../../util/errors.ts';
import type { Logger } from '../../util/log.ts';

/**
 * Sends a page a message. One that could not be sent is in the log, and is not sent again: a page that comes back says that it is ready,
 * and is sent what it shows.
 */
export function tellPage(webview: Pick<vscode.Webview, 'postMessage'>, message: { readonly type: string }, log: Logger): void {
  webview.postMessage(message).then(undefined, (error: unknown) => log.warn(`a page could not be told: ${describeError(error)}`));
}
