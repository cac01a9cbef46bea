import assert from 'node:assert/strict';
import { lexShell, type ShellToken } from '../../../../src/hub/rules/lexShell.ts';
import { readShellTree } from '../../../../src/hub/rules/readShellTree.ts';
import { agree } from '../../../../src/hub/rules/shellCommand.ts';
import { readUse } from '../../../../src/hub/rules/toolUse.ts';
import { metacharacters } from './shellSamples.ts';

// Each reading refuses by itself what it can, though either would be enough.

describe('lexShell', () => {
  it('marks what the shell acts on, and takes quotes off', () => {
    const table = {
      'a* a? [ab] {a,b} ~ ~/x a~': ['a\0*', 'a\0?', '\0[ab]', '\0{a,b}', '\0~', '\0~/x', 'a~'],
      [String.raw`'a*' "a?" \[ab] '{a,b}' \~ '~/x'`]: ['a*', 'a?', '[ab]', '{a,b}', '~', '~/x'],
      [String.raw`a\ b "a\"b" "a\b" 'a\b' ''`]: ['a b', 'a"b', String.raw`a\b`, String.raw`a\b`, ''],
      "A=1 B='2 3' x C=4": ['A\0=1', 'B\0=2 3', 'x', 'C=4'],
      'a=b;c=d|e&&f=g||h=i': ['a\0=b', ';', 'c\0=d', '|', 'e', '&&', 'f\0=g', '||', 'h\0=i'],
    };
    for (const [source, texts] of Object.entries(table)) {
      assert.deepEqual(
        lexShell(source, 'bash')?.map(({ text }) => text),
        texts,
      );
    }
  });

  it('refuses what is more than words and what joins them', () => {
    const joiners = new Set(['; rm x', '| rm x', '|| rm x', '&& rm x', ';;']);
    for (const meta of metacharacters.filter((one) => !joiners.has(one))) {
      for (const source of [`git a${meta}`, `git ${meta}`, `git ${meta} b`]) {
        assert.equal(lexShell(source, 'bash'), undefined, JSON.stringify(source));
        assert.equal(lexShell(source, 'unknown'), undefined, JSON.stringify(source));
      }
    }
    for (const source of [
      '"$x"',
      '"`x`"',
      '"a\\\nb"',
      '"!x"',
      'a\\\nb',
      'a\\',
      '~x',
      "~'/x'",
      'a=~',
      'a:~/x',
      "'\x07'",
      '\\\x07',
      '"\r"',
    ]) {
      assert.equal(lexShell(source, 'bash'), undefined, JSON.stringify(source));
    }
  });
});

describe('readShellTree', () => {
  it('refuses every node that it does not know', () => {
    const lists = ['a & b', 'a &', 'a |& b', '! a', 'time -p a', 'a; ! b', 'a | { b; }'];
    const words = ['a $x', 'a "$x"', 'a ${x}', 'a $(x)', 'a "$(x)"', 'a `x`', 'a $((1))', 'a <(b)', "a $'b'", 'a $"b"', 'a @(b|c)', '$x'];
    const commands = [
      'A=1',
      'A=1; b',
      'A+=1 b',
      'a[1]=2 b',
      'A=(1) b',
      'export A=(1)',
      'A=$x b',
      'a > b',
      '> a',
      'a 2>&1',
      'a <<< b',
      'a << b\nb\n',
    ];
    const compounds = [
      '(a)',
      '{ a; }',
      'if a; then b; fi',
      'for a in b; do c; done',
      'while a; do b; done',
      'a() { b; }',
      'coproc a',
      '[[ a ]]',
      '((1))',
    ];
    for (const source of [
      ...lists,
      ...words,
      ...commands,
      ...compounds,
      'case a in b) c;; esac',
      '(a) > b',
      "a 'b",
      'a;;b',
      '#!/bin/sh\na',
    ]) {
      assert.equal(readShellTree(source), undefined, source);
    }
    assert.equal(readShellTree('time a "b" \'c\' d* {e,f} | g && A=1 h || export i=j; k')?.length, 16);
  });
});

describe('two readings', () => {
  const word = (text: string, pos: number, end: number): ShellToken => ({ kind: 'word', text, pos, end });
  const and: ShellToken = { kind: 'operator', text: '&&' };
  const tokens = [word('a', 0, 1), and, word('b', 4, 5)];

  it('agree on the same words and operators at the same places', () => {
    assert.ok(agree(tokens, [...tokens]));
    assert.ok(agree([word('\0~/a', 0, 3)], [word('~/a', 0, 3)]));
  });

  it('disagree otherwise', () => {
    const others: ShellToken[] = [
      word('c', 4, 5),
      word('b', 3, 5),
      word('b', 4, 6),
      { kind: 'assignment', text: 'b', pos: 4, end: 5 },
      and,
    ];
    for (const other of others) assert.ok(!agree(tokens, [word('a', 0, 1), and, other]));
    assert.ok(!agree(tokens, [word('a', 0, 1), { kind: 'operator', text: '||' }, word('b', 4, 5)]));
    assert.ok(!agree(tokens, tokens.slice(1)));
    assert.ok(!agree(tokens, tokens.slice(0, 2)));
    assert.ok(!agree(tokens, [...tokens, and]));
  });
});

describe('readUse', () => {
  const world = { platform: 'linux', env: {}, home: '/nonexistent' } as const;
  const commands = (tool: string, input: string) => {
    const use = readUse({ tool, input }, world);
    return use.kind === 'shell' ? use.line?.map(({ words }) => words) : undefined;
  };
  const read = (command: unknown) => commands('shell', JSON.stringify({ command }));

  it('takes a list of words as it is', () => {
    assert.deepEqual(read(['a', '*', '$x']), [['a', '*', '$x']]);
    assert.deepEqual(read(['bash', '-lc', 'a; b']), [['a'], ['b']]);
  });

  it('finds no command where there is none, or one that no program can get', () => {
    for (const command of ['', ' ', [], [1], ['a', '\0*'], ['a', '\ud800'], null, {}, 1]) assert.equal(read(command), undefined);
    assert.equal(commands('Edit', '{"command":"a"}'), undefined);
  });
});
