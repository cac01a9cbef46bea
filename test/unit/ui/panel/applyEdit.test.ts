import assert from 'node:assert/strict';
import { readEdit } from '../../../../src/ui/card/readEdit.ts';
import { applyEdit } from '../../../../src/ui/panel/applyEdit.ts';

describe('a file with the changes of an edit', () => {
  function after(text: string, members: object, tool = 'Edit'): string | undefined {
    const edit = readEdit({ tool, input: JSON.stringify({ file_path: 'a.ts', ...members }) });
    assert.ok(edit?.kind === 'edit');
    return applyEdit(text, edit);
  }

  it('has each at its first place, or at every one if the tool says so', () => {
    const swap = { old_string: 'a', new_string: '$&b' };
    assert.equal(after('a a', swap), '$&b a');
    for (const all of ['replace_all', 'replaceAll', 'allow_multiple']) assert.equal(after('a a', { ...swap, [all]: true }), '$&b $&b', all);
    assert.equal(after('a a', { ...swap, replace_all: false }), '$&b a');
    assert.equal(after('a\nb', { edits: [swap, { old_string: 'b', new_string: 'c' }] }, 'MultiEdit'), '$&c\nb');
    assert.equal(after('', { old_string: '', new_string: 'x', replace_all: true }), 'x');
  });

  it('is none where one of them does not fit', () => {
    assert.equal(after('b', { old_string: 'a', new_string: 'c' }), undefined);
  });
});
