import assert from 'node:assert/strict';
import { describeInput, gistOf, readMembers, wholeInput } from '../../../../src/ui/text/permissionText.ts';

const whole = (input: string, over: object = {}): string | undefined => wholeInput({ tool: 'Bash', input, ...over }, 80);

describe('permissionText', () => {
  it('shows the command of a shell tool first, and everything else after it', () => {
    assert.equal(whole('{"command":"npm publish"}'), 'npm publish');
    assert.equal(whole('{"timeout":5,"command":"npm publish"}'), 'npm publish · timeout: 5');
    assert.equal(whole('npm publish'), 'npm publish');
    assert.equal(whole('{"file_path":"a.ts","old_string":"x"}'), 'file_path: a.ts · old_string: x');
    assert.equal(whole('{"command":["bash","-lc","npm publish"]}'), '["bash","-lc","npm publish"]');
    assert.equal(whole('{}'), '{}');
  });

  it('shows the text itself when reading it would lose something', () => {
    const twice = '{"command":"ls","command":"rm -rf /"}';
    assert.equal(readMembers(twice), undefined);
    assert.equal(whole(twice), twice);
    assert.equal(whole('{"command": "ls"}'), '{"command": "ls"}');
  });

  it('takes two commands for members like others', () => {
    assert.equal(whole('{"command":"ls","cmd":"rm"}'), 'command: ls · cmd: rm');
  });

  it('is not whole when it is cut, long, hidden, ambiguous or only a preview', () => {
    for (const input of ['a\nb', 'a  b', ' a', 'x'.repeat(81), 'a\u200Bb', '[a](b)', '{"command":"ls · timeout: 5"}', 'pаypal', ''])
      assert.equal(whole(input), undefined, input);
    assert.equal(whole('ls', { partial: true }), undefined);
    assert.equal(whole('ls', { tool: 'Bash\n' }), undefined);
    assert.equal(whole('ls', { tool: 'x'.repeat(61) }), undefined);
  });

  it('takes the command for what matters first', () => {
    assert.equal(gistOf('{"description":"List","command":"ls -la"}'), 'ls -la');
    assert.equal(gistOf('{"a":"b","c":1}'), 'a: b · c: 1');
    assert.equal(gistOf('ls'), 'ls');
  });

  it('describes any input, however large', () => {
    assert.equal(describeInput('{"command": "ls", "timeout": 5}'), 'ls · timeout: 5');
    const large = JSON.stringify({ command: 'x'.repeat(30_000) });
    assert.equal(describeInput(large), large);
  });
});
