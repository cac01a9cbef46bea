import assert from 'node:assert/strict';
import { editor, resetEditor } from '../../../support/fakeVscode/editor.ts';
import { Uri } from '../../../support/fakeVscode/values.ts';
import { withFakeVscode } from '../../../support/fakeVscode/withFakeVscode.ts';
import { FakeBoardStore } from '../support/fakeBoardStore.ts';
import { FakeHubApi } from '../support/fakeHubApi.ts';
import { FakePages } from '../support/fakePages.ts';
import { FakePrompts } from '../support/fakePrompts.ts';
import { board, english } from '../support/fixtures.ts';

const { registerLinks } = await withFakeVscode(() => import('../../../../src/ui/links/register.ts'));

describe('the handler of links', () => {
  beforeEach(resetEditor);

  it('reports that what opens them could not be loaded', async () => {
    const reported: unknown[] = [];
    const context = {
      board: new FakeBoardStore(board()),
      api: new FakeHubApi({}),
      prompts: new FakePrompts(),
      l10n: english,
      get copy(): never {
        throw new Error('not loaded');
      },
      own: <T>(item: T): T => item,
      report: (error: unknown) => void reported.push(error),
    };
    registerLinks(context, { pages: new FakePages() });
    await editor.uriHandlers[0]?.handleUri(Uri.parse('vscode://agentrq.agentrq/connect'));
    assert.deepEqual(reported, [new Error('not loaded')]);
  });
});
