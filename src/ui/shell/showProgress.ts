import * as vscode from 'vscode';
import { withoutLinks } from '../text/plainText.ts';

/** Work that says how far it has come, until the signal says that it is to end. */
export type ShownWork = (say: (message: string) => void, signal: AbortSignal) => Promise<void>;

/** Runs what takes a while; the user sees what `say` says, and can end it, which aborts the signal, as `closing` does. */
export async function showProgress(title: string, run: ShownWork, closing: AbortSignal): Promise<void> {
  const options = { location: vscode.ProgressLocation.Notification, title: withoutLinks(title), cancellable: true };
  await vscode.window.withProgress(options, async (progress, token) => {
    const ended = new AbortController();
    const stop = token.onCancellationRequested(() => ended.abort());
    try {
      await run((message) => progress.report({ message: withoutLinks(message) }), AbortSignal.any([ended.signal, closing]));
    } finally {
      stop.dispose();
    }
  });
}
