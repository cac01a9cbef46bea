import assert from 'node:assert/strict';
import { setImmediate as turn } from 'node:timers/promises';
import { hearPage } from '../../../../src/ui/shell/hearPage.ts';
import { type KeyboardPage, pageKeyboard } from '../../../../src/ui/shell/pageKeyboard.ts';
import { createLogger } from '../../../../src/util/log.ts';

describe('a page that says something of the keyboard', () => {
  it('can be told to take it; that it could not be told is in the log', async () => {
    const lines: string[] = [];
    const log = createLogger((_, line) => lines.push(line));
    const posted: unknown[] = [];
    let say: (data: unknown) => void = () => assert.fail();
    let isGone = false;
    const webview = {
      onDidReceiveMessage(listener: (data: unknown) => void) {
        say = listener;
        return { dispose: () => undefined };
      },
      async postMessage(message: unknown) {
        if (isGone) throw new Error('the page is gone');
        posted.push(message);
        return true;
      },
    };
    const pages: KeyboardPage[] = [];
    const listening = pageKeyboard.listen((_, page) => pages.push(page));
    hearPage(
      webview,
      () => undefined,
      { keyboard: pageKeyboard, log, place: 'view' },
      () => assert.fail(),
    );
    say({ type: 'keyboard', is: 'taken' });
    listening.dispose();
    const [page] = pages;
    assert.equal(page?.place, 'view');
    page.takeKeyboard();
    isGone = true;
    page.takeKeyboard();
    await turn();
    assert.deepEqual(posted, [{ type: 'takeKeyboard' }]);
    assert.match(lines.join('\n'), /a page could not be told: the page is gone/);
  });
});
