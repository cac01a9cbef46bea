import assert from 'node:assert/strict';
import { limits } from '../../../../src/protocol/limits.ts';
import { todoIn } from '../../../../src/ui/send/readSource.ts';
import { locationText } from '../../../../src/ui/send/source.ts';
import { locationOf, taskText } from '../../../../src/ui/send/taskText.ts';
import { source } from './source.ts';

describe('the words of a task from the editor', () => {
  it('are what is wanted as the title, and the place and the code as the body', () => {
    assert.deepEqual(taskText(source(), '  Explain this '), {
      title: 'Explain this',
      body: 'src/app.ts:3-5\n\n```typescript\na();\nb();\n```',
    });
  });

  it('keep in the body what does not fit into the title', () => {
    const wanted = `Do this:\n${'word '.repeat(100)}end`;
    const { title, body } = taskText(source(), wanted);
    assert.ok(title.length <= limits.title && title.endsWith('…'));
    assert.ok(body.startsWith(`${wanted}\n\nsrc/app.ts:3-5`));
  });

  it('say what is wrong there', () => {
    const { body } = taskText(source({ facts: ['Problem: tsc: no', 'Actual: 1'], snippet: undefined }), 'Fix');
    assert.equal(body, 'src/app.ts:3-5\n\nProblem: tsc: no\n\nActual: 1');
  });

  it('leave out nothing else, and count what they cut of long code', () => {
    const text = Array.from({ length: 5_000 }, (_, index) => `line ${index}`).join('\n');
    const { body } = taskText(source({ snippet: { text, language: '' } }), 'Fix');
    const cut = /\n(line \d+)\n… \((\d+) characters more\)\n```$/.exec(body);
    assert.ok(cut, body.slice(-100));
    const shown = body.slice(body.indexOf('line 0'), body.indexOf('\n…'));
    assert.equal(shown + text.slice(-Number(cut[2])), text);
  });

  it('say the place as data, if it is one', () => {
    assert.deepEqual(locationOf(source()), { file: 'src/app.ts', line: 3, endLine: 5, snippet: 'a();\nb();' });
    assert.deepEqual(locationOf(source({ lines: { first: 3, last: 3 }, snippet: undefined })), { file: 'src/app.ts', line: 3 });
    assert.deepEqual(locationOf(source({ snippet: { text: 'x'.repeat(limits.snippet + 1), language: '' } })), {
      file: 'src/app.ts',
      line: 3,
      endLine: 5,
    });
    for (const over of [{ file: undefined }, { lines: undefined }, { file: 'a\nb' }]) assert.equal(locationOf(source(over)), undefined);
  });

  it('name a place on one line', () => {
    assert.equal(locationText(source({ lines: { first: 3, last: 3 } })), 'src/app.ts:3');
    assert.equal(locationText(source({ lines: undefined })), 'src/app.ts');
    assert.equal(locationText(source({ file: undefined })), '');
  });
});

describe('todoIn', () => {
  const lines: [string, string | undefined][] = [
    ['  // TODO: rename it', 'rename it'],
    ['# FIXME(ann) - is slow', 'is slow'],
    ['/* TODO close it */', 'close it'],
    ['<!-- TODO: a table -->', 'a table'],
    ['// TODO', ''],
    ['const todo = mastodon.TODOS;', undefined],
    ['// no setup needed', undefined],
  ];
  for (const [line, expected] of lines) it(`reads ${line}`, () => assert.equal(todoIn(line), expected));
});
