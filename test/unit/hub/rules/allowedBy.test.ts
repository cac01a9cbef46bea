import assert from 'node:assert/strict';
import fc from 'fast-check';
import { allowedBy as allowedIn } from '../../../../src/hub/rules/allowedBy.ts';
import type { ToolUse } from '../../../../src/hub/rules/toolUse.ts';
import { cpuMsOf } from '../../../support/cpuTime.ts';
import { runs } from '../../../support/generated.ts';
import { metacharacters, shellish, writtenWords } from './shellSamples.ts';

const world = { platform: 'linux', env: {}, home: '/nonexistent' } as const;

/** What patterns match: all of these rules may allow what isn't known. */
function allowedBy(rules: readonly string[], use: ToolUse): string[] | undefined {
  const kept = rules.map((text) => ({ text, unchecked: true }));
  return allowedIn(kept, use, world);
}

const bash = (command: string) => ({ tool: 'Bash', input: JSON.stringify({ command }) });

function allows(rules: string | readonly string[], command: string): boolean {
  return allowedBy([rules].flat(), bash(command)) !== undefined;
}

describe('rules allow a tool', () => {
  it('by its exact name, whatever it is given', () => {
    for (const tool of ['mcp__x__y', 'Write src/a.ts', 'Bash', 'PowerShell']) {
      assert.deepEqual(allowedBy(['Read', tool], { tool, input: '{"command":"$(thing) > x\\n"}' }), [tool]);
    }
    assert.equal(allowedBy(['Build'], { tool: 'build', input: '{}' }), undefined);
    assert.equal(allowedBy(['Build'], { tool: 'Build2', input: '{}' }), undefined);
    assert.equal(allowedBy(['mcp__x__*', '*', 'mcp__x'], { tool: 'mcp__x__y', input: '{}' }), undefined);
    assert.equal(allowedBy(['Bash'], { tool: 'shell', input: '{"command":"ls"}' }), undefined);
    assert.equal(allowedBy([], { tool: 'Edit', input: '{}' }), undefined);
  });

  it('not by a rule that is none', () => {
    assert.equal(allowedBy(['', '*', 'Bash:', 'Bash:$x', 'Bash(ls)', 'PowerShell:ls', 'Bash:ls; ls'], bash('ls')), undefined);
  });
});

describe('rules allow a command', () => {
  const table: [rule: string, allowed: string[], asked: string[]][] = [
    [
      'Bash:git *',
      ['git push', 'git push --force', "'git' push", '"git" push', String.raw`g\it push`, 'gi"t" push', '  git   push  ', 'git push;'],
      ['git', 'git ', 'gits push', 'Git push', './git push', '/usr/bin/git push', '"git push"', 'rm git', 'git=x push', 'gіt push', ''],
    ],
    ['Bash:git push *', ['git push x', 'git "push" x y'], ['git push', 'git pull x', 'git -c a push x', "git 'push x'"]],
    ['Bash:git push', ['git push', "git 'push'"], ['git push x', 'git']],
    ['Bash:*', ['ls', 'ls -l', 'rm -rf x', 'ls *', 'a && b | c'], ['ls > x', 'A=1 ls', 'ls $x', 'x &']],
    ['Bash:* --help', ['x --help'], ['x y --help', 'x --helper']],
    ['Bash:npm run test:*', ['npm run test:unit', 'npm run test:'], ['npm run test', 'npm run test:unit x', 'npm run atest:b']],
    ['Bash:cat src/*.ts', ['cat src/a.ts', 'cat src/a/b.ts', "cat 'src/*.ts'"], ['cat src/a.js', 'cat src/a.ts x', 'cat src/*.ts']],
    ['Bash:x a*b*c', ['x abc', 'x a--b--bc', "x 'a b c'"], ['x ab', 'x acb', 'x abcd', 'x bc']],
    ['Bash:x *a*a*', ['x aa', 'x bab-a'], ['x a', 'x ab']],
    ['Bash:x ab*ba', ['x abba', 'x ab1ba'], ['x aba']],
    ["Bash:x '*'", ["x '*'", String.raw`x \*`], ['x a', 'x *', 'x']],
    ["Bash:x 'a;b'", ["x 'a;b'", 'x "a;b"', String.raw`x a\;b`], ['x a;b', 'x a; b']],
    ["Bash:x ''", ["x ''", 'x ""'], ['x', "x ' '"]],
    ['Bash:ls ~/x', ['ls ~/x', "ls ~/'x'"], ["ls '~/x'", "ls ~'/x'", 'ls ~/y', '"ls" \\~/x']],
    ['Bash:ls *', ['ls ~', 'ls ~/x', 'ls a*', 'ls {a,b}', 'ls [a-b]?', 'ls ~; ls ~'], ['ls ~root', 'ls ~+', 'ls a=~/x', 'ls a:~/x']],
    ['Bash:ls * x', ['ls a x'], ['ls ~/a x', 'ls a* x', 'ls ? x', 'ls {a,b} x']],
    [
      'Bash:A=1 npm *',
      ['A=1 npm test', "A='1' npm test"],
      ['npm test', 'A=2 npm test', 'A=1 B=2 npm test', "'A=1' npm test", 'A+=1 npm test'],
    ],
    ['Bash:A=1 *', ['A=1 npm'], ['A=1 B=2 npm', 'A=1', 'npm', 'A=1 A=1', 'A=1 B=2']],
    ['Bash:* x', ['a x'], ['A=1 x', 'A=1']],
    ['Bash:sudo *', ['sudo ls'], ['ls', 'sudo']],
    ['Bash:time *', ['time ls -l', "'time' ls"], ['time', 'time -p ls', 'ls', 'time A=1 ls', '! ls']],
    ['Bash:if *', [], ['if x', 'if x; then if y; fi']],
    ["Bash:'if' *", ["'if' x"], ['if x', 'if x; then y; fi']],
  ];
  for (const [rule, allowed, asked] of table) {
    it(`that ${rule} matches, word by word`, () => {
      for (const command of allowed) assert.ok(allows(rule, command), command);
      for (const command of asked) assert.ok(!allows(rule, command), command);
    });
  }

  const unclear: Record<string, string[][]> = {
    substitutions: [
      ['echo $(rm -rf x)', 'echo `rm -rf x`', 'echo "$(rm x)"', 'echo "`rm x`"', 'cat <(rm x)', 'cat >(rm x)', '$(echo rm) x', 'git `x`y'],
    ],
    expansions: [
      ['echo $x', 'echo "$x"', 'echo ${x}', 'echo $((1))', 'echo $[1]', "echo $'a'", 'echo $"a"', 'echo "${x:-$(rm y)}"', '$x'],
      ['git${IFS}push', 'IFS=x; git y', 'echo @(a|b)', 'echo !(a)', 'ls *(e:a:)', 'echo =(ls)', 'echo a !!', 'echo "!x"'],
    ],
    redirections: [
      [
        'echo a > b',
        'echo a >> b',
        'echo a>b',
        'echo a 2> b',
        'cat < b',
        'echo a &> b',
        'echo a >& b',
        '> b',
        'echo a >| b',
        'echo a <> b',
      ],
      ['cat <<< b', 'cat << b\nx\nb', 'cat <<-b\nx\nb\n', 'echo a {x}> b', 'cat 0<&3', '2>&1 git x', 'git x 2>&1'],
    ],
    'other lines': [
      ['echo a\nrm b', 'git status\n', '\ngit status', 'echo a\r', 'echo a\r\nrm b', 'git\\\n status', 'echo "a\\\nb"', 'echo \\\n'],
    ],
    'control characters': [
      ['echo a\0', "echo '\0'", "echo '\r'", "echo '\x1b'", "echo '\x03'", 'echo a\x07', 'echo "\x7f"', 'echo \\\x1b'],
    ],
    'blanks that are none to bash': [
      [
        'git\tpush',
        'git\u00a0push',
        'git push\u2003x',
        'git push\u200b',
        'git push\u2028',
        'git push\u0085',
        '\ufeffgit push',
        'git\vpush',
      ],
    ],
    'other ways to join': [
      ['echo a & rm b', 'echo a &', 'echo a&', '& echo a', 'git |& cat x', 'echo a ;; echo b', ';', '; echo a', 'echo a ;;', 'echo a; ;'],
      ['echo a &&', '&& echo a', 'echo a |', 'echo a &&; echo b', 'echo a ||| echo b'],
    ],
    'compound commands': [
      ['(echo a)', '{ echo a; }', '! echo a', 'if git x; then git y; fi', 'for x in a; do git y; done', 'while git x; do git y; done'],
      ['case a in b) git x;; esac', 'until git x; do git y; done', 'select x in a; do git y; done', '[[ a == b ]]', '((1))'],
      ['for ((;;)); do git x; done', 'git() { rm x; }', 'function git { rm x; }', 'function git() { rm x; }', 'coproc git x'],
    ],
    assignments: [
      ['PATH=x git y', 'A=1', 'A=1; git x', 'A=(1 2)', 'export A=(1 2)', 'a[1]=x git y', 'A+=1 git x', 'git x; A=1', 'IFS=x A=1'],
    ],
    comments: [['echo a # b', 'echo a#b', '#!/bin/sh', '#!/bin/sh\necho a', '# a', 'git #']],
    'broken texts': [["echo 'a", 'echo "a', 'echo \\', 'echo a\ud800', 'echo "a\udc00"', ')', 'fi', "echo 'a'b'"]],
  };
  for (const [what, commands] of Object.entries(unclear)) {
    it(`but none with ${what}`, () => {
      const rules = ['Bash:*', 'Bash:echo *', 'Bash:git *', 'Bash:cat *', 'Bash:for *', 'Bash:* *', 'Bash:IFS=x *'];
      for (const command of commands.flat()) assert.equal(allowedBy(rules, bash(command)), undefined, JSON.stringify(command));
    });
  }

  it('that holds metacharacters within quotes', () => {
    for (const words of [
      '"a;b"',
      "'a;b'",
      "'$(x)'",
      "'`x`'",
      String.raw`\$x`,
      String.raw`"\$x"`,
      "'a > b'",
      '"a & b"',
      "'a\nb'",
      '"a\nb"',
      "'#'",
      '"fix!"',
    ]) {
      assert.deepEqual(allowedBy(['Bash:git *'], bash(`git ${words}`)), ['Bash:git *'], words);
      assert.deepEqual(allowedBy(['Bash:git *'], bash(`git a${words}b c`)), ['Bash:git *'], words);
    }
  });

  it('whose parts are each allowed by some rule, and tells which', () => {
    const rules = ['Bash:rm x', 'Bash:cd *', 'Bash:git *', 'Bash:git push', 'Bash:grep *'];
    assert.deepEqual(allowedBy(rules, bash('git log|grep a||git push;cd y')), ['Bash:git *', 'Bash:grep *', 'Bash:cd *']);
    // Where it isn't known where it began, nothing is known after it.
    assert.equal(allowedBy(rules, bash('cd x && git push')), undefined);
    assert.deepEqual(allowedBy([...rules, 'Bash'], bash('cd x && rm y')), ['Bash']);
    assert.deepEqual(allowedBy(['Bash:ls', 'Bash: A=1  npm *'], bash('ls; A=1 npm x')), ['Bash:ls', 'Bash: A=1  npm *']);
    for (const operator of ['&&', '||', ';', '|']) {
      for (const command of [`git push${operator}rm y`, `git push ${operator} rm y`, `rm y ${operator} git push`]) {
        assert.equal(allowedBy(rules, bash(command)), undefined, command);
      }
    }
  });
});

describe('rules read the command', () => {
  const rules = (tool: string) => [`${tool}:git *`];
  const tools = ['Bash', 'bash', 'shell', 'Shell', 'shell_execute', 'execute_command', 'exec_command', 'local_shell', 'run_shell_command'];

  it('of every shell tool, wherever it stands', () => {
    for (const tool of [...tools, 'run_in_terminal', 'runInTerminal']) {
      const inputs = ['{"command":"git push"}', '{"cmd":"git push"}', '{"commandLine":"git push","timeout":1}', 'git push', ' git push'];
      const arrays = ['["git","push"]', '["bash","-lc","git push"]', '["sh","-c","git push"]', '["/bin/zsh","-lc","git push"]'];
      for (const input of [...inputs, ...arrays.map((command) => `{"command":${command}}`)]) {
        assert.deepEqual(allowedBy(rules(tool), { tool, input }), rules(tool), `${tool} ${input}`);
        assert.equal(allowedBy(['Edit:git *', 'exec:git *', 'bash2:git *', 'edit'], { tool, input }), undefined);
      }
    }
  });

  it('and nothing else', () => {
    const inputs = [
      ['{}', '[]', '""', '', 'null', '"git push"', '["git","push"]', '{"command":""}', '{"command":[]}', '{"command":["git",1]}'],
      ['{"command":{"git":"push"}}', '{"command":"git push","cmd":"rm x"}', '{"description":"git push"}', '{"command":"git push'],
      [
        '{"command":["bash","-lc","git push; rm x"]}',
        '{"command":["bash","-lc","git push > x"]}',
        '{"command":["/tmp/bash","-c","git push"]}',
      ],
      ['{"command":["bash","-x","git push"]}', '{"command":["bash","-c","git push","rm"]}', '{"command":["git\\u0000push","x"]}'],
      ['{"command":["git push"]}', '{"command":["\\ud800git","push"]}'],
    ].flat();
    for (const input of inputs) assert.equal(allowedBy(['Bash:git *'], { tool: 'Bash', input }), undefined, input);
  });

  it('of a list of words as words, with nothing in them for a shell', () => {
    const input = JSON.stringify({ command: ['git', '$(x)', '> y', ';', '*', 'A=1'] });
    assert.deepEqual(allowedBy(['shell:git *'], { tool: 'shell', input }), ['shell:git *']);
    assert.deepEqual(allowedBy(["shell:git '$(x)' '> y' ';' '*' A=*"], { tool: 'shell', input })?.length, 1);
    assert.equal(allowedBy(['shell:A=1 git *'], { tool: 'shell', input: '{"command":["A=1","git","x"]}' }), undefined);
  });

  it('that was cut off as no command', () => {
    const whole = JSON.stringify({ command: 'echo > x', description: 'y' });
    for (let length = 0; length < whole.length; length += 1) {
      assert.equal(allowedBy(['Bash:*'], { tool: 'Bash', input: whole.slice(0, length) }), undefined, whole.slice(0, length));
    }
  });

  it('for a shell that is not known only if quotes make no difference', () => {
    const allowed = ['git push', "git commit -m 'fix: a b'", 'git add *.ts', 'git add ~/x'];
    // fish, cmd and PowerShell end these quotes elsewhere.
    const asked = [
      String.raw`git '\'' ; rm '`,
      String.raw`git "\"; rm x; \""`,
      "git '& rm x &'",
      String.raw`git a\;b`,
      'git %x%',
      'git ^x',
      'git ‘x’',
    ];
    for (const tool of tools.slice(2)) {
      for (const input of allowed) assert.deepEqual(allowedBy(rules(tool), { tool, input }), rules(tool), input);
      for (const input of asked) assert.equal(allowedBy(rules(tool), { tool, input }), undefined, input);
    }
  });
});

describe('rules, whatever the command is,', () => {
  it('never allow a metacharacter that stands outside of quotes', () => {
    const rules = ['Bash:git *', 'Bash:git* *', 'Bash:g* *', 'Bash:git status *', 'Bash:git a* *'];
    const words = fc.array(fc.constantFrom('status', 'ab', '-x', "'q r'", '"s;t"'), { minLength: 1, maxLength: 4 });
    fc.assert(
      fc.property(words, fc.constantFrom(...metacharacters), fc.nat(), fc.boolean(), (args, meta, place, spaced) => {
        const parts = ['git', ...args];
        const index = place % parts.length;
        const command = parts.map((part, at) => (at === index ? part + (spaced ? ' ' : '') + meta : part)).join(' ');
        // Two quotes that were added to others pair up with nothing.
        assert.equal(allowedBy(rules, bash(command)), undefined, JSON.stringify(command));
      }),
      { numRuns: runs(2_000) },
    );
  });

  it('match each word as a regular expression would', () => {
    const characters = fc.array(fc.constantFrom('a', 'b', '.', "' '"), { maxLength: 8 }).map((all) => all.join(''));
    const pattern = fc.array(fc.constantFrom('a', 'b', '.', '*'), { minLength: 1, maxLength: 6 }).map((all) => all.join(''));
    fc.assert(
      fc.property(pattern, characters, (rule, word) => {
        const expected = new RegExp(`^${rule.replaceAll('.', '[.]').replaceAll('*', '.*')}$`).test(word.replaceAll("'", ''));
        assert.equal(allows(`Bash:x ${rule} y`, `x ${word}'' y`), expected);
      }),
      { numRuns: runs(2_000) },
    );
  });

  it('allow it still when there are more of them', () => {
    const rule = fc.constantFrom<string[]>('Bash', 'Bash:git *', 'Bash:rm x', 'Bash:*', 'Bash:git a*', 'Bash:$', 'Edit', 'Bash:x');
    const command = fc
      .array(fc.constantFrom('git a', 'git', 'rm x', 'rm y', 'x'), { minLength: 1, maxLength: 3 })
      .map((all) => all.join(' && '));
    fc.assert(
      fc.property(fc.array(rule), fc.array(rule), fc.array(rule), command, (before, rules, after, line) => {
        const used = allowedBy(rules, bash(line));
        if (used === undefined) return;
        assert.ok(used.every((one) => rules.includes(one)) && new Set(used).size === used.length);
        assert.notEqual(allowedBy(used, bash(line)), undefined);
        assert.notEqual(allowedBy([...before, ...rules, ...after], bash(line)), undefined);
      }),
    );
  });

  it('never throw', () => {
    fc.assert(
      fc.property(fc.oneof(shellish, fc.string({ unit: 'binary' })), shellish, fc.boolean(), (text, pattern, json) => {
        allowedBy([`Bash:${pattern}`, pattern, 'Bash:git *'], { tool: 'Bash', input: json ? JSON.stringify({ command: text }) : text });
      }),
      { numRuns: runs(2_000) },
    );
  });

  it('never take the words of two commands for one', () => {
    const line = fc.array(fc.array(writtenWords, { minLength: 1, maxLength: 3 }), { minLength: 2, maxLength: 4 });
    fc.assert(
      fc.property(line, fc.constantFrom('&&', '||', ';', '|'), (commands, operator) => {
        const joined = commands.map((words) => ['x', ...words.map(({ source }) => source)].join(' ')).join(operator);
        assert.ok(allows('Bash:x *', joined), joined);
        assert.ok(!allows('Bash:x *', `${joined}${operator}y z`), joined);
        assert.ok(!allows('Bash:x *', `y z${operator}${joined}`), joined);
      }),
    );
  });

  it('are fast', async () => {
    const many = 100_000;
    const pieces = [
      'a',
      '\\',
      "'",
      '"',
      '{',
      '[',
      '(',
      '$(',
      '`',
      '~',
      '=',
      '1.',
      "''",
      'a b ',
      'a;',
      'a&&',
      'a|',
      ' ',
      '\n',
      '((',
      '<<a',
      'x=',
      '!',
    ];
    const computed = await cpuMsOf(() => {
      for (const piece of pieces) allowedBy(['Bash:git *', 'Bash:a *'], bash(`git ${piece.repeat(many)}`));
      allowedBy([`Bash:x ${'a*'.repeat(200)}b`], bash(`x ${'a'.repeat(many)}`));
      allowedBy([`Bash:${'*'.repeat(2_000)}b`, `Bash:${'* '.repeat(2_000)}`], bash('a '.repeat(many)));
      allowedBy(['Bash:git *'], { tool: 'Bash', input: '{"command":'.repeat(many) });
      allowedBy(['Bash:git *'], { tool: 'Bash', input: '['.repeat(many) });
    });
    assert.ok(computed < 10_000, `they took ${computed} ms`);
  });
});
