import * as vscode from 'vscode';
import { withoutLinks } from '../text/plainText.ts';

/** Work that reports its progress and ends when the signal fires. */
export type ShownWork = (say: (message: string) => void, signal: AbortSignal) => Promise<void>;

/** Runs work with a progress notification that shows what `say` is given. The signal fires when the user cancels, or with `closing`. */
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
