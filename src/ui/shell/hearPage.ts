import type * as vscode from 'vscode';
import { parseFromAnyPage } from '../../protocol/fromAnyPage.ts';
import type { ToAnyPage } from '../../protocol/toAnyPage.ts';
import type { Disposable } from '../../util/lifecycle.ts';
import type { Logger } from '../../util/log.ts';
import type { KeyboardPage, PageKeyboard } from './pageKeyboard.ts';
import { tellPage } from './tellPage.ts';

/** Listens to a page. `take` gets what `parse` understands; what every page says of the keyboard is passed on. */
export function hearPage<M>(
  webview: Pick<vscode.Webview, 'onDidReceiveMessage' | 'postMessage'>,
  parse: (data: unknown) => M | undefined,
  { keyboard, log, place = 'tab' }: { keyboard: PageKeyboard; log: Logger; place?: KeyboardPage['place'] },
  take: (message: M) => void,
): Disposable {
  const page: KeyboardPage = {
    place,
    // Not by the editor's command: the editor focuses no page that it takes for one that has just lost the keyboard.
    takeKeyboard() {
      tellPage(webview, { type: 'takeKeyboard' } satisfies ToAnyPage, log);
    },
  };
  return webview.onDidReceiveMessage((data: unknown) => {
    const ofKeyboard = parseFromAnyPage(data);
    if (ofKeyboard !== undefined) return keyboard.tell(ofKeyboard.is, page);
    const message = parse(data);
    if (message === undefined) log.warn('a page said something that is not understood');
    else take(message);
  });
}
