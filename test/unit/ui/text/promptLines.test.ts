import assert from 'node:assert/strict';
import { linesOfPermission, linesOfQuestion } from '../../../../src/ui/text/promptLines.ts';

const lines = (input: string, over: object = {}) => linesOfPermission({ tool: 'Bash', input, ...over });

describe('promptLines', () => {
  it('are the command, then every other member on a line of its own', () => {
    assert.deepEqual(lines(JSON.stringify({ command: 'cd /srv\n  make all', description: 'Build it', timeout: 5 })), [
      'cd /srv',
      '\u00A0\u00A0make all',
      '• description: Build it',
      '• timeout: 5',
    ]);
    assert.deepEqual(lines('ls', { cwd: '/srv' }), ['ls', '• folder: /srv']);
  });

  it('break what is too long and lose nothing', () => {
    const command = `npm publish ${'--access=public '.repeat(12)}--tag next`;
    const broken = lines(JSON.stringify({ command })) ?? [];
    assert.ok(broken.length > 1 && broken.every((line) => line.length <= 76));
    assert.equal(broken.map((line) => line.replace(/^↪ /, '')).join(''), command);
  });

  it('count a wide letter as two columns, after a break as well', () => {
    for (const letter of ['漢', 'ー', '。', '￥', 'ㄅ']) {
      const broken = lines(JSON.stringify({ command: letter.repeat(100) })) ?? [];
      assert.deepEqual(
        broken.map((line) => line.replace('↪ ', '').length),
        [36, 34, 30],
        letter,
      );
      const words = lines(JSON.stringify({ command: `${'a'.repeat(37)} ${letter.repeat(60)}` })) ?? [];
      assert.deepEqual(
        words.map((line) => line.replace('↪ ', '').length),
        [38, 34, 26],
        letter,
      );
    }
  });

  it('are none where they would not be all of it, or not certainly it', () => {
    for (const input of ['a\n'.repeat(9), 'a\u200Bb', 'a  b', 'ls\n• timeout: 5', '↪ ls', '[a](b)', 'x'.repeat(600)])
      assert.equal(lines(input), undefined, input);
    assert.equal(lines('ls', { partial: true }), undefined);
  });

  it('are none where a name of the input is that of a fact beside it, or could be taken for one', () => {
    const input = (name: string): string => JSON.stringify({ command: 'rm -rf build', [name]: '/srv/shop' });
    assert.deepEqual(lines(input('root'), { cwd: '/etc' }), ['rm -rf build', '• root: /srv/shop', '• folder: /etc']);
    for (const name of ['folder', 'Folder', 'folder ', 'folder: /srv/shop', 'a\n• folder', 'a\nfolder'])
      assert.equal(lines(input(name), { cwd: '/etc' }), undefined, name);
    assert.equal(lines(input('subagent'), { subagent: { id: 'a1' } }), undefined);
  });

  it('are a question without marks and without blank lines', () => {
    assert.deepEqual(linesOfQuestion('## Which **provider**?\n\n- a\n- b'), ['Which provider?', '• a', '• b']);
    assert.equal(linesOfQuestion('a\n'.repeat(9)), undefined);
  });
});
