import assert from 'node:assert/strict';
import { homedir } from 'node:os';
import { pathToFileURL } from 'node:url';
import { editor, resetEditor } from '../../../support/fakeVscode/editor.ts';
import { withFakeVscode } from '../../../support/fakeVscode/withFakeVscode.ts';
import { FakePrompts } from '../support/fakePrompts.ts';

const { openLocation } = await withFakeVscode(() => import('../../../../src/ui/panel/openLocation.ts'));

describe('a place that is pressed', () => {
  beforeEach(() => {
    resetEditor();
    editor.folders = ['file:///shop'];
  });

  const cases: readonly [string, string, string | undefined][] = [
    ['src/[id]/page.tsx:4', '/shop/src/[id]/page.tsx', '/shop/src/[id]/page.tsx'],
    ['src/日本.ts:5', '/shop/src/日本.ts', '/shop/src/日本.ts'],
    ['src/my file.ts:3', '/shop/src/my file.ts', '/shop/src/my file.ts'],
    ['src/ui a.ts:3', '/shop/a.ts', '/shop/a.ts'],
    ['src/my file.ts:3', '/shop/other.ts', undefined],
    ['../outside.ts:3', '/outside.ts', undefined],
  ];
  for (const [place, there, opened] of cases) {
    it(`opens ${opened ?? 'nothing'} for ${place} where there is ${there}`, async () => {
      const notices: string[] = [];
      editor.files.set(pathToFileURL(there).href, 'text');
      await openLocation(place, { prompts: new FakePrompts(), notice: (text) => notices.push(text) });
      assert.deepEqual(
        editor.opened.map(({ uri }) => decodeURIComponent(uri)),
        opened === undefined ? [] : [`file://${opened}`],
      );
      assert.equal(notices.length, opened === undefined ? 1 : 0);
    });
  }

  it('in the user’s own folder is opened after they have seen which it is', async () => {
    const prompts = new FakePrompts({ press: 'Open' });
    editor.files.set(pathToFileURL(`${homedir()}/x.ts`).href, 'text');
    await openLocation('~/x.ts:1', { prompts, notice: assert.fail });
    assert.equal(editor.opened.length, 1);
    assert.match(JSON.stringify(prompts.shown), /outside of the folders[^]*x\.ts/);
  });
});
