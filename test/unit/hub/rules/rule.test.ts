import assert from 'node:assert/strict';
import fc from 'fast-check';
import { parseRule } from '../../../../src/hub/rules/rule.ts';
import { HubError } from '../../../../src/protocol/hubErrors.ts';
import { runs } from '../../../support/generated.ts';
import { shellish, writtenWords } from './shellSamples.ts';

describe('parseRule', () => {
  it("takes AgentRQ's lists", () => {
    const list = [
      'Bash:git *',
      'Bash:*',
      'mcp__x__y',
      'Edit',
      'shell_execute:npm *',
      'execute_command:*',
      'Bash:ls',
      'Bash:git push *',
      'Bash',
    ];
    for (const text of [
      ...list,
      'Bash:./gradlew *',
      'Write src/a.ts: 3 lines',
      'Read *.md',
      'Bash:cd web && npm test; a | b || c',
      'Edit:src/**',
      'Edit:a b.ts',
    ])
      assert.equal(parseRule(text).text, text);
    assert.deepEqual(list.map((text) => parseRule(text).kind).join(' '), 'star star tool tool star star line star tool');
  });

  it('writes each rule in one form', () => {
    const forms = {
      ' Edit ': 'Edit',
      'Bash: git   push  *;': 'Bash:git push *',
      'Bash:"git" \'push\' a"b"': 'Bash:git push ab',
      'Bash:echo "a b" \'\' "it\'s" \\*': "Bash:echo 'a b' '' 'it'\\''s' '*'",
      'Bash:ls a? [b] {c,d} e*f': "Bash:ls 'a?' '[b]' '{c,d}' e*f",
      "Bash:ls ~/'a b' '~'": "Bash:ls ~/'a b' '~'",
      "Bash:A='b c' 'd=e' f=g": "Bash:A='b c' 'd=e' f=g",
    };
    for (const [text, form] of Object.entries(forms)) assert.equal(parseRule(text).text, form);
  });

  it('says what to write instead', () => {
    const table: [RegExp, string[]][] = [
      [/Write a name such as Edit/, ['', '  ', '*']],
      [/Write each rule by itself/, ['Edit\nRead', 'Edit\0']],
      [/Write one rule for each tool/, ['mcp__x__*', 'mcp_*']],
      [/such as Bash:git push \*/, ['Bash(git push:*)', 'Bash(git push *)', 'prefix_rule(pattern=["git", "push"])']],
      [/such as Bash:npm test/, ['Bash(npm test)']],
      [/such as bash:git \*/, ['shell(git:*)']],
      [/such as run_shell_command:git \*/, ['run_shell_command(git)', 'ShellTool(git)']],
      [/such as Edit:src\/\*\*/, ['Edit(/src/**)', 'Edit(./src/**)', 'Edit(src/**)', 'Edit(//etc/**)', 'Edit(~/x)']],
      [/that allow plain words/, ['prefix_rule(pattern=["rm"], decision="forbidden")', 'prefix_rule(pattern=["git", ["log", "show"]])']],
      [/or WebFetch alone/, ['WebFetch(domain:example.com)']],
      [/or pwsh to allow all/, ['pwsh:Get-Item *']],
      [/Write Bash:npm test, for example/, ['Bash:', 'Bash: ']],
      [/There is no rule for/, ['write_stdin', 'ExitPlanMode', 'Monitor:{"command":"ls"}', 'mcp__codex__write_stdin', 'KillShell']],
      [/a path from the workspace on/, ['Edit:/etc/passwd', 'Edit:../x', 'Edit:a/../b', 'Edit:~/x', 'Edit:a//b', 'Edit:']],
      [/Write one member/, ['Bash:{"command":"a","cwd":"/"}', 'Bash:{}', 'Bash:{"command":["a"]}', 'Bash:{a']],
      [/as JSON, exactly/, ['mcp__x__y:{a']],
      [
        /single quotes/,
        ['Bash:echo $x', 'Bash:a > b', 'Bash:a &', 'Bash:(a)', 'Bash:A=1', 'Bash:a "b', 'Bash:a\nb', 'Bash:if *', 'Bash:a # b', 'Bash:;'],
      ],
      [/one rule for each/i, ['Bash:cd x && git *', 'Bash:a;b *', 'Bash:a | *']],
      [/Write out the value/, ['Bash:A=* npm test', 'Bash:A=b*c *']],
    ];
    for (const [message, texts] of table) {
      for (const text of texts) assert.throws(() => parseRule(text), { code: 'invalid_input', message }, text);
    }
  });

  it('refuses what is no rule, with no other error, and reads what it wrote as the same rule', () => {
    const tool = fc.constantFrom('Bash:', 'shell:', 'pwsh:', 'Edit', '');
    const words = fc.array(writtenWords, { minLength: 1, maxLength: 5 }).map((all) => all.map(({ source }) => source).join(' '));
    fc.assert(
      fc.property(tool, fc.oneof(shellish, words), (name, text) => {
        try {
          const rule = parseRule(name + text);
          assert.deepEqual(parseRule(rule.text), rule);
        } catch (error) {
          if (!(error instanceof HubError && error.code === 'invalid_input')) throw error;
        }
      }),
      { numRuns: runs(2_000) },
    );
  });
});
