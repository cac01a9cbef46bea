import assert from 'node:assert/strict';
import { fitPatch, readPatch } from '../../../../src/ui/panel/readPatch.ts';

const before = 'one\ntwo\nthree\n';
const after = 'one\n2\nthree\n';
const diff = '--- a/src/x.txt\n+++ b/src/x.txt\n@@ -1,3 +1,3 @@\n one\n-two\n+2\n three\n';

describe('a diff in a message', () => {
  it('names its files', () => {
    const two = `diff --git a/src/x.txt b/src/x.txt\n${diff}diff --git a/new.txt b/new.txt\n--- /dev/null\n+++ b/new.txt\n@@ -0,0 +1 @@\n+hello\n`;
    assert.deepEqual(
      readPatch(two).map((file) => [file.before, file.after]),
      [
        ['src/x.txt', 'src/x.txt'],
        [undefined, 'new.txt'],
      ],
    );
    for (const text of ['', 'hello', '@@ nonsense', '--- a\n+++ b\n@@ -x +y @@\n', '-a\n+b']) assert.deepEqual(readPatch(text), [], text);
  });

  it('still applies, has been applied, or fits no more', () => {
    const [file] = readPatch(diff);
    assert.ok(file !== undefined);
    assert.deepEqual(fitPatch(file.patch, before), { kind: 'ahead', after });
    assert.deepEqual(fitPatch(file.patch, `zero\n${before}`), { kind: 'ahead', after: `zero\n${after}` });
    assert.deepEqual(fitPatch(file.patch, after), { kind: 'done', before });
    assert.deepEqual(fitPatch(file.patch, 'else\n'), { kind: 'none' });
  });

  it('makes a file and takes one away', () => {
    const [made] = readPatch('--- /dev/null\n+++ b/new.txt\n@@ -0,0 +1 @@\n+hello\n');
    assert.deepEqual(made && fitPatch(made.patch, ''), { kind: 'ahead', after: 'hello\n' });
    const [gone] = readPatch('--- a/old.txt\n+++ /dev/null\n@@ -1 +0,0 @@\n-hello\n');
    assert.deepEqual(gone && fitPatch(gone.patch, 'hello\n'), { kind: 'ahead', after: '' });
  });
});
