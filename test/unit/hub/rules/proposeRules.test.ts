import assert from 'node:assert/strict';
import fc from 'fast-check';
import { allowedBy } from '../../../../src/hub/rules/allowedBy.ts';
import { proposeRules } from '../../../../src/hub/rules/proposeRules.ts';
import { parseRule } from '../../../../src/hub/rules/rule.ts';
import { runs } from '../../../support/generated.ts';
import { createScratchWorkspace, type ScratchWorkspace } from './scratchWorkspace.ts';
import { shellish, writtenWords } from './shellSamples.ts';

const world = { platform: 'linux', env: {}, home: '/nonexistent' } as const;
const bash = (command: string) => ({ tool: 'Bash', input: JSON.stringify({ command }) });

describe('proposeRules', () => {
  let workspace: ScratchWorkspace;
  before(() => {
    workspace = createScratchWorkspace();
  });
  after(() => workspace.remove());

  const texts = (command: string) => proposeRules(workspace.use(command), workspace.world).map((one) => [one.scope, ...one.texts]);

  it('proposes the exact line, and stars for what is known to keep reading', () => {
    assert.deepEqual(texts('git log -3'), [
      ['exact', 'Bash:git log -3'],
      ['reading', 'Bash:git log *'],
    ]);
    assert.deepEqual(texts('git -C src --no-pager log'), [
      ['exact', 'Bash:git -C src --no-pager log'],
      ['reading', 'Bash:git log *'],
    ]);
    assert.deepEqual(texts('ls'), [
      ['exact', 'Bash:ls'],
      ['reading', 'Bash:ls *'],
    ]);
    assert.deepEqual(texts('cd src && ls; ls -la | head'), [
      ['exact', 'Bash:cd src && ls; ls -la | head'],
      ['reading', 'Bash:cd *', 'Bash:ls *', 'Bash:head *'],
    ]);
    assert.deepEqual(texts('npm test | tail -20'), [
      ['exact', 'Bash:npm test | tail -20'],
      ['parts', 'Bash:npm test', 'Bash:tail *'],
    ]);
    assert.deepEqual(texts("git commit -m 'it; is'"), [['exact', "Bash:git commit -m 'it; is'"]]);
    assert.deepEqual(texts('A=1 ls'), [['exact', 'Bash:A=1 ls']]);
    assert.deepEqual(texts('./run test'), [['exact', 'Bash:./run test']]);
    const list = workspace.use('', { tool: 'shell', input: '{"command":["bash","-lc","ls src"]}' });
    assert.deepEqual(
      proposeRules(list, workspace.world).map((one) => one.texts),
      [['shell:ls src'], ['shell:ls *']],
    );
  });

  it('proposes a line that is more than plain words letter by letter', () => {
    for (const command of [
      'npm test > out.txt',
      'echo $(x)',
      'a &',
      'for x in *; do y; done',
      'eslint lib src/*.ts',
      'rm *',
      'a\nb',
      'A=1',
      '# a',
      "ls '\u0007'",
    ]) {
      const use = workspace.use(command);
      assert.deepEqual(texts(command), [['exact', `Bash:${JSON.stringify({ command })}`]], command);
      assert.ok(workspace.allows([`Bash:${JSON.stringify({ command })}`], use));
      for (const other of [`${command} `, `${command}; rm x`, command.slice(0, -1)]) {
        assert.ok(!workspace.allows([`Bash:${JSON.stringify({ command })}`], workspace.use(other)), other);
      }
    }
    assert.deepEqual(texts(`echo ${'x'.repeat(2_000)} > y`), []);
  });

  it('proposes tools of servers by name, others with this very input, and none that may not have a rule', () => {
    const of = (tool: string, input: string) => proposeRules({ tool, input }, world).map((one) => [one.scope, ...one.texts]);
    assert.deepEqual(of('mcp__github__create_issue', '{"title":"x"}'), [
      ['exact', 'mcp__github__create_issue:{"title":"x"}'],
      ['tool', 'mcp__github__create_issue'],
    ]);
    assert.deepEqual(of('WebFetch', '{"url":"https://example.org"}'), [['exact', 'WebFetch:{"url":"https://example.org"}']]);
    assert.deepEqual(of('Edit', '{"file_path":"src/a.ts"}'), []);
    for (const tool of ['', ' Build', 'Build\n', '*', 'mcp__x__*', 'Bash: ls', 'Bash(ls)', 'pwsh: ls', 'Build', 'write_stdin'])
      assert.deepEqual(of(tool, 'ls'), [], tool);
  });

  it('proposes what together allows this use, reads back as it was written, and narrowest first', () => {
    const words = fc.array(writtenWords, { minLength: 1, maxLength: 5 }).map((all) => all.map(({ source }) => source).join(' '));
    const known = fc
      .tuple(fc.constantFrom('git log', 'ls', 'cat src/app.ts', 'cd src && ls', 'A=1 x', "'if'", 'ls ~/x', 'ls b*'), words)
      .map((all) => all.join(' '));
    const list = fc.array(fc.string({ unit: 'binary' })).map((command) => ({ tool: 'shell', input: JSON.stringify({ command }) }));
    const tools = fc.record({
      tool: fc.oneof(fc.constantFrom('Bash', 'shell', 'Edit', 'mcp__x__y'), shellish, fc.string()),
      input: shellish,
    });
    const lines = fc.oneof(words, known, shellish).map((command) => workspace.use(command));
    let proposed = 0;
    fc.assert(
      fc.property(fc.oneof(lines, list, tools), (use) => {
        const proposals = proposeRules(use, workspace.world);
        proposed += proposals.length;
        for (const one of proposals) {
          assert.deepEqual(
            allowedBy(
              one.texts.map((text) => ({ text })),
              use,
              workspace.world,
            ),
            one.texts,
          );
          for (const text of one.texts) assert.equal(parseRule(text).text, text);
        }
        const scopes = proposals.map(({ scope }) => scope);
        assert.deepEqual(
          scopes,
          ['exact', 'folder', 'reading', 'parts', 'tool'].filter((scope) => scopes.some((one) => one === scope)),
        );
      }),
      { numRuns: runs(1_000) },
    );
    assert.ok(proposed > 500, `${proposed} proposals looked at`);
  });

  it('proposes an exact rule for any words, which allows no others', () => {
    const words = fc.array(writtenWords, { minLength: 2, maxLength: 4 });
    fc.assert(
      fc.property(words, words, (mine, others) => {
        const [one, another] = [mine, others].map((all) => bash(['x', ...all.map(({ source }) => source)].join(' ')));
        assert.ok(one !== undefined && another !== undefined);
        const exact = proposeRules(one, world)[0];
        assert.equal(exact?.scope, 'exact');
        const same = JSON.stringify(mine.map(({ word }) => word)) === JSON.stringify(others.map(({ word }) => word));
        assert.equal(
          allowedBy(
            exact.texts.map((text) => ({ text })),
            another,
            world,
          ) !== undefined,
          same,
        );
      }),
    );
  });
});
