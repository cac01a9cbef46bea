import assert from 'node:assert/strict';
import fc from 'fast-check';
import { allowedBy } from '../../../../src/hub/rules/allowedBy.ts';
import { proposeRules } from '../../../../src/hub/rules/proposeRules.ts';
import { parseRule } from '../../../../src/hub/rules/rule.ts';
import { runs } from '../../../support/generated.ts';
import { shellish, writtenWords } from './shellSamples.ts';

const bash = (command: string) => ({ tool: 'Bash', input: JSON.stringify({ command }) });
const texts = (command: string) => proposeRules(bash(command)).map(({ text }) => text);

describe('proposeRules', () => {
  it('proposes the command, its part of the program, the program', () => {
    assert.deepEqual(proposeRules(bash('git push origin main')), [
      { text: 'Bash:git push origin main', scope: 'exact' },
      { text: 'Bash:git push *', scope: 'subcommand' },
      { text: 'Bash:git *', scope: 'program' },
    ]);
    assert.deepEqual(texts('git push'), ['Bash:git push', 'Bash:git *']);
    assert.deepEqual(texts('make'), ['Bash:make']);
    assert.deepEqual(texts('ls -l src'), ['Bash:ls -l src', 'Bash:ls *']);
    assert.deepEqual(texts("git commit -m 'it; is'"), ["Bash:git commit -m 'it; is'", 'Bash:git commit *', 'Bash:git *']);
    const list = { tool: 'shell', input: '{"command":["bash","-lc","npm test"]}' };
    assert.deepEqual(
      proposeRules(list).map(({ text }) => text),
      ['shell:npm test', 'shell:npm *'],
    );
  });

  it('proposes nothing for a tool that takes a command and is not known to be a shell', () => {
    assert.deepEqual(proposeRules({ tool: 'execute_bash', input: '{"command":"ls"}' }), []);
    assert.deepEqual(proposeRules({ tool: 'run_terminal_cmd', input: '{"cmd":"ls","x":1}' }), []);
    assert.deepEqual(
      proposeRules({ tool: 'mcp__db__run', input: '{"command":"x"}' }).map(({ text }) => text),
      ['mcp__db__run'],
    );
  });

  it('is about a command in its sandbox, with its own variables, and nothing more', () => {
    const use = (more: object) => ({ tool: 'Bash', input: JSON.stringify({ command: 'git log -1', ...more }) });
    assert.ok(
      allowedBy(['Bash:git log *'], use({ description: 'x', timeout: 5, run_in_background: true, dangerouslyDisableSandbox: false })),
    );
    for (const more of [{ dangerouslyDisableSandbox: true }, { with_escalated_permissions: true }, { env: { PATH: '.' } }, { new: 'x' }]) {
      assert.equal(allowedBy(['Bash:git log *', 'Bash:*'], use(more)), undefined, JSON.stringify(more));
      assert.deepEqual(proposeRules(use(more)), []);
    }
  });

  it('proposes only the command for what runs other programs, lies at a path or is set up by variables', () => {
    const runners = [
      'sudo ls -l',
      'env A=b npm test',
      'xargs rm x',
      "bash -c 'x y'",
      'eval ls x',
      'nohup npm test',
      'ssh host ls',
      'find . -name x',
    ];
    const languages = [
      'python3 -c x',
      'python3.12 run x',
      'node -e x',
      'perl -e x',
      "awk 'x' y",
      'npx eslint .',
      'deno run x',
      'SUDO ls x',
      'cmd.exe x',
    ];
    const odd = ['./run test x', '/usr/bin/git push x', '../x y z', "'my tool' run x", "'a*' run x", 'A=1 npm test x', '-x y z', '. x y'];
    for (const command of [...runners, ...languages, ...odd]) {
      assert.deepEqual(
        proposeRules(bash(command)).map(({ scope }) => scope),
        ['exact'],
        command,
      );
    }
    assert.deepEqual(texts('time npm test'), ["Bash:'time' npm test"]);
  });

  it('proposes nothing exact where the shell would put other words', () => {
    assert.deepEqual(texts('eslint lib src/*.ts'), ['Bash:eslint lib *', 'Bash:eslint *']);
    assert.deepEqual(texts('rm *'), ['Bash:rm *']);
    assert.deepEqual(texts("ls '*'"), ["Bash:ls '*'", 'Bash:ls *']);
    assert.deepEqual(texts('git a* x'), ['Bash:git *']);
    assert.deepEqual(texts('*'), []);
    assert.deepEqual(texts('find . -name *.ts'), []);
  });

  it('proposes nothing for several commands, or for one that does more than its words say', () => {
    for (const command of [
      'cd x && git push',
      'a; b',
      'git a x; git b x',
      'git a x && git a x',
      'a | b',
      'echo $(x)',
      'a > b',
      'a &',
      'A=1',
      'if x; then y; fi',
      '',
      '# a',
      'a\nb',
    ]) {
      assert.deepEqual(texts(command), [], command);
    }
  });

  it('proposes other tools by name, and no shell as a whole', () => {
    for (const tool of ['Edit', 'mcp__github__create_issue', 'Write src/a.ts']) {
      assert.deepEqual(proposeRules({ tool, input: '{}' }), [{ text: tool, scope: 'tool' }]);
    }
    for (const tool of ['PowerShell', 'powershell', 'pwsh']) assert.deepEqual(proposeRules({ tool, input: 'ls' }), []);
    for (const tool of ['', ' Edit', 'Edit\n', '*', 'mcp__x__*', 'Bash: ls', 'Bash(ls)', 'pwsh: ls']) {
      assert.deepEqual(proposeRules({ tool, input: 'ls' }), [], tool);
    }
    for (const input of ['{}', '{"command":["a\\u001bb"]}', '{"command":["a","b\\rc"]}']) {
      const proposed = proposeRules({ tool: 'Bash', input });
      assert.ok(
        proposed.every(({ scope }) => scope === 'program'),
        input,
      );
    }
  });

  it('proposes what allows this use, reads back as it was written, and widens', () => {
    const words = fc.array(writtenWords, { minLength: 1, maxLength: 5 }).map((all) => bash(all.map(({ source }) => source).join(' ')));
    const named = fc
      .tuple(fc.constantFrom('git', 'npm', 'sudo', 'A=1 x', "'if'", 'ls ~/x', 'ls b*'), fc.array(writtenWords, { maxLength: 4 }))
      .map(([program, all]) => bash([program, ...all.map(({ source }) => source)].join(' ')));
    const list = fc.array(fc.string({ unit: 'binary' })).map((command) => ({ tool: 'shell', input: JSON.stringify({ command }) }));
    const tools = fc.record({ tool: fc.oneof(fc.constantFrom('Bash', 'shell', 'Edit'), shellish, fc.string()), input: shellish });
    let proposed = 0;
    fc.assert(
      fc.property(fc.oneof(words, named, list, tools), (use) => {
        const proposals = proposeRules(use);
        proposed += proposals.length;
        for (const { text, scope } of proposals) {
          assert.deepEqual(allowedBy([text], use), [text]);
          assert.equal(parseRule(text).text, text);
          assert.equal(scope === 'tool', parseRule(text).kind === 'tool');
        }
        const scopes = proposals.map(({ scope }) => scope);
        assert.deepEqual(
          scopes,
          ['exact', 'subcommand', 'program', 'tool'].filter((scope) => scopes.some((one) => one === scope)),
        );
      }),
      { numRuns: runs(2_000) },
    );
    assert.ok(proposed > 1_000, `${proposed} proposals looked at`);
  });

  it('proposes an exact rule for any words, which allows no others', () => {
    const words = fc.array(writtenWords, { minLength: 2, maxLength: 4 });
    fc.assert(
      fc.property(words, words, (mine, others) => {
        const [one, another] = [mine, others].map((all) => bash(['x', ...all.map(({ source }) => source)].join(' ')));
        assert.ok(one !== undefined && another !== undefined);
        const exact = proposeRules(one)[0];
        assert.equal(exact?.scope, 'exact');
        const same = JSON.stringify(mine.map(({ word }) => word)) === JSON.stringify(others.map(({ word }) => word));
        assert.equal(allowedBy([exact.text], another) !== undefined, same);
      }),
    );
  });
});
