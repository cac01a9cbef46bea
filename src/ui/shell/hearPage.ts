import type * as vscode from 'vscode';
import { parseFromAnyPage } from '../../protocol/fromAnyPage.ts';
import type { Disposable } from '../../util/lifecycle.ts';
import type { Logger } from '../../util/log.ts';
import type { PageKeyboard, PagePlace } from './pageKeyboard.ts';

/** Listens to a page. `take` gets what `parse` understands; what every page says of the keyboard is passed on. */
export function hearPage<M>(
  webview: Pick<vscode.Webview, 'onDidReceiveMessage'>,
  parse: (data: unknown) => M | undefined,
  { keyboard, log, place = 'tab' }: { keyboard: PageKeyboard; log: Logger; place?: PagePlace },
  take: (message: M) => void,
): Disposable {
  return webview.onDidReceiveMessage((data: unknown) => {
    const ofKeyboard = parseFromAnyPage(data);
    if (ofKeyboard !== undefined) return keyboard.tell(ofKeyboard.is, place);
    const message = parse(data);
    if (message === undefined) log.warn('a page said something that is not understood');
    else take(message);
  });
}
