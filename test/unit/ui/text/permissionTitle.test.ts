import assert from 'node:assert/strict';
import type { Permission } from '../../../../src/protocol/model.ts';
import { permissionHeading, permissionSentence, permissionTitle, wholeSentence } from '../../../../src/ui/text/permissionTitle.ts';
import { english } from '../support/fixtures.ts';

function wants(tool: string, input: object | string, over: Partial<Permission> = {}): Permission {
  return { tool, input: typeof input === 'string' ? input : JSON.stringify(input), ...over };
}

const says = (permission: Permission): string[] => [
  permissionTitle(permission, english),
  permissionSentence(permission, 'Codex', 80, english),
  permissionHeading(permission, 'Codex', english),
];

describe('what a permission is for', () => {
  it('is a verb and its object for tools that are known', () => {
    assert.deepEqual(says(wants('Bash', { command: 'git push', description: 'Push the branch' })), [
      'Run: git push',
      'Codex wants to run: git push',
      'Codex wants to run a command',
    ]);
    assert.deepEqual(says(wants('Edit', { file_path: '/srv/shop/total.py', old_string: 'a', new_string: 'b' }, { cwd: '/srv/shop' })), [
      'Edit total.py',
      'Codex wants to edit total.py',
      'Codex wants to edit a file',
    ]);
    assert.deepEqual(
      [
        wants('create', { path: 'src/new.ts' }),
        wants('read_file', { absolute_path: '/srv/shop/src/a.ts' }),
        wants('WebFetch', { url: 'https://a.b', prompt: 'x' }),
        wants('WebSearch', { query: 'tax' }),
        wants('shell', 'ls\nrm -rf /'),
      ].map((each) => says(each)[0]),
      ['Write src/new.ts', 'Read …/src/a.ts', 'Fetch https://a.b', 'Search the web: tax', 'Run: ls …'],
    );
  });

  it('is read of JSON however it is written, unless reading loses something', () => {
    const title = (input: string): string | undefined => says(wants('Bash', input))[0];
    assert.equal(title('{ "command": "ls \\u00e9",\n  "timeout": 5 }'), 'Run: ls é');
    assert.equal(title('{"command":"ls","command":"rm"}'), 'Run: {"command":"ls","command":"rm"}');
    assert.equal(title('{"command": "ls", "timeout": 1.0}'), 'Run: {"command": "ls", "timeout": 1.0}');
  });

  it('names the files of a patch', () => {
    const command = '*** Begin Patch\n*** Update File: a.ts\n@@\n-x\n+y\n*** Delete File: b.ts\n*** End Patch';
    assert.equal(says(wants('apply_patch', { command }))[0], 'apply_patch: a.ts, b.ts');
  });

  it('is the tool and its input where the tool is unknown, or the input is not what belongs to it', () => {
    for (const [permission, title] of [
      [wants('mcp__db__query', { sql: 'select 1' }), 'mcp__db__query: sql: select 1'],
      [wants('Edit', { file_path: 'a', path: 'b' }), 'Edit: file_path: a · path: b'],
      [wants('Bash', { command: 'ls', cmd: 'rm' }), 'Bash: command: ls · cmd: rm'],
      [wants('edit', '{"path":"a","path":"b"}'), 'edit: path: b'],
      [wants('str_replace_editor', { command: 'create', path: 'a' }), 'str_replace_editor: create'],
      [wants('', ''), 'a tool without a name'],
    ] as const)
      assert.equal(says(permission)[0], title);
  });

  it('hides nothing', () => {
    assert.equal(says(wants('Edit', { file_path: 'a\u202Eb' }))[0], 'Edit a\\u202Eb');
    assert.equal(says(wants('Bash', { command: 'a **b** `c`' }))[0], 'Run: a **b** `c`');
  });

  it('says the whole input where it is shown whole', () => {
    assert.equal(wholeSentence(wants('Bash', 'x'), 'git push · timeout: 5', 'Codex', english), 'Codex wants to run: git push · timeout: 5');
    assert.equal(wholeSentence(wants('Edit', { path: 'a' }), 'path: a', 'Codex', english), 'Codex wants to use Edit: path: a');
  });
});
