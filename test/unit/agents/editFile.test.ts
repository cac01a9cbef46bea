import assert from 'node:assert/strict';
import fc from 'fast-check';
import { createScanner, findNodeAtLocation, getNodePath, type Node } from 'jsonc-parser';
import { type ChangedFile, changeFile } from '../../../src/agents/config/editFile.ts';
import type { Entry } from '../../../src/agents/config/entry.ts';
import { parseJson } from '../../../src/agents/config/jsonTree.ts';
import { runs } from '../../support/generated.ts';
import { anyConfig } from './anyConfig.ts';
import { workspaceId } from './configFixtures.ts';

const server: Entry = {
  path: ['mcpServers', `agentrq-${workspaceId}`],
  value: { url: 'http://127.0.0.1:41837', headers: { Authorization: 'Bearer x' }, args: ['a', 'b'], empty: {} },
  kind: 'member',
};
const hooks = ['Stop', 'SessionEnd'].map(
  (event): Entry => ({
    path: ['hooks', event],
    value: { hooks: [{ command: `node hook.cjs --workspace ${workspaceId}` }] },
    kind: 'element',
  }),
);
const unasked: Entry[] = [
  ...['reply', 'getTask'].map(
    (tool): Entry => ({ path: ['permissions', 'allow'], value: `mcp__agentrq-${workspaceId}__${tool}`, kind: 'listed' }),
  ),
  ...['reply', 'getTask'].map(
    (tool): Entry => ({ path: ['permission', `agentrq-${workspaceId}_${tool}`], value: 'allow', kind: 'preset' }),
  ),
];
const version: Entry = { path: ['version'], value: 1, kind: 'needed' };

type Format = 'json' | 'toml';

/** What the file becomes with our entries, and how it becomes what it is without. */
function connected(text: string | undefined, format: Format, entries: readonly Entry[]) {
  const none = { mark: workspaceId, entries: [] };
  const put = changeFile({ file: 'f', format, present: text, written: undefined, mine: none, theirs: [], wanted: entries });
  assert.ok(put.text !== undefined);
  const mine = { mark: workspaceId, entries: put.placed };
  return {
    text: put.text,
    take(present: string | undefined): Pick<ChangedFile, 'text' | 'changed'> {
      const { text: left, changed } = changeFile({ file: 'f', format, present, written: put.written, mine, theirs: [], wanted: [] });
      return { text: left, changed };
    },
  };
}

function replace(text: string, from: number, to: number, by: string): string {
  return text.slice(0, from) + by + text.slice(to);
}

function nodesOf(node: Node): Node[] {
  return [node, ...(node.children ?? []).flatMap(nodesOf)];
}

/** The words of a text of JSON in their order, comments too; not its blanks, nor a comma behind the last member. */
function wordsOf(text: string): string[] {
  const scanner = createScanner(text);
  const words: string[] = [];
  const blanks: ReadonlySet<number> = new Set([14, 15]);
  for (let kind: number = scanner.scan(); kind !== 17; kind = scanner.scan()) {
    if (!blanks.has(kind)) words.push(text.slice(scanner.getTokenOffset(), scanner.getTokenOffset() + scanner.getTokenLength()));
  }
  const isComment = (word: string | undefined): boolean => word !== undefined && /^\/[/*]/.test(word);
  return words.filter((word, index) => word !== ',' || !/^[\]}]$/.test(words.slice(index + 1).find((next) => !isComment(next)) ?? ''));
}

describe('entries in a config file', () => {
  it('go without a trace, however the file is written', () => {
    fc.assert(
      fc.property(anyConfig, fc.subarray([version, server, ...hooks, ...unasked], { minLength: 1 }), (text, entries) => {
        const { text: after, take } = connected(text, 'json', entries);
        assert.ok(after.length > text.length || entries.every(({ kind }) => kind === 'needed'));
        assert.deepEqual(take(after), { text, changed: [] });
      }),
      { numRuns: runs(1_000) },
    );
  });

  it('come behind what is there, of which every byte stays', () => {
    fc.assert(
      fc.property(anyConfig, (text) => {
        const { text: after } = connected(text, 'json', [server]);
        const mark = text.startsWith('\uFEFF') ? 1 : 0;
        const values = nodesOf(parseJson(text.slice(mark), 'f')).filter(({ children }) => children === undefined);
        const left = after.slice(mark);
        const root = parseJson(left, 'f');
        for (const node of values) {
          if (node.parent?.type === 'property' && node.parent.children?.[0] === node) continue;
          const there = findNodeAtLocation(root, getNodePath(node)) as Node;
          assert.equal(
            left.slice(there.offset, there.offset + there.length),
            text.slice(mark).slice(node.offset, node.offset + node.length),
          );
        }
        const comments = wordsOf(text).filter((word) => word.startsWith('/'));
        assert.deepEqual(
          wordsOf(after).filter((word) => word.startsWith('/')),
          comments,
        );
      }),
      { numRuns: runs(500) },
    );
  });

  it('go alone if somebody changed anything else: of that every word and comment stays', () => {
    const edit = fc.record({
      pick: fc.nat(),
      kind: fc.constantFrom('value', 'comment', 'member', 'line'),
      entries: fc.subarray([server, ...hooks, ...unasked], { minLength: 1 }),
    });
    let edits = 0;
    fc.assert(
      fc.property(anyConfig, edit, (text, { pick, kind, entries }) => {
        const mark = text.startsWith('\uFEFF') ? 1 : 0;
        const nodes = nodesOf(parseJson(text.slice(mark), 'f')).filter((node) => {
          if (kind === 'value')
            return node.children === undefined && !(node.parent?.type === 'property' && node.parent.children?.[0] === node);
          return kind === 'member' ? node.type === 'property' : node.type === 'property' || node.parent?.type === 'array';
        });
        const node = nodes[pick % Math.max(1, nodes.length)];
        fc.pre(node !== undefined);
        edits += 1;
        const { text: after, take } = connected(text, 'json', entries);
        const path = getNodePath(node.type === 'property' ? (node.children?.[1] as Node) : node);
        const value = findNodeAtLocation(parseJson(after.slice(mark), 'f'), path) as Node;
        const there = node.type === 'property' ? (value.parent as Node) : value;
        const length = kind === 'value' ? node.length : 0;
        const by = { value: '"theirs"', comment: '/* theirs */ ', member: '"theirs": [1], ', line: '\n// theirs\n  ' }[kind];
        const expected = replace(text, node.offset + mark, node.offset + mark + length, by);
        const { text: left, changed } = take(replace(after, there.offset + mark, there.offset + mark + length, by));
        assert.deepEqual(changed, []);
        assert.deepEqual(wordsOf(left ?? ''), wordsOf(expected));
        assert.equal(left?.startsWith('\uFEFF'), mark === 1);
      }),
      { numRuns: runs(1_500) },
    );
    assert.ok(edits > 500);
  });

  it('leave a file that parses and says the same, also where somebody wrote right beside them', () => {
    const names = ['before', 'after'] as const;
    fc.assert(
      fc.property(anyConfig, fc.constantFrom(...names), (text, side) => {
        const mark = text.startsWith('\uFEFF') ? 1 : 0;
        const { text: after, take } = connected(text, 'json', [server]);
        const own = nodesOf(parseJson(after.slice(mark), 'f')).find(
          (node) => node.type === 'property' && node.children?.[0]?.value === server.path[1],
        ) as Node;
        const at = (side === 'before' ? own.offset : own.offset + own.length) + mark;
        const { text: left, changed } = take(replace(after, at, at, side === 'before' ? '"theirs": 1, ' : ', "theirs": 1'));
        assert.deepEqual(changed, []);
        const root = parseJson((left ?? '').slice(mark), 'f');
        const theirs = nodesOf(root).filter((node) => node.type === 'property' && node.children?.[0]?.value === 'theirs');
        assert.ok(theirs.length >= 1);
        assert.doesNotMatch(left ?? '', /agentrq-/);
      }),
      { numRuns: runs(500) },
    );
  });

  it('take along containers that were made for them, but not what somebody else put there', () => {
    const { text: after, take } = connected('{\n  "a": 1\n}\n', 'json', [server, ...hooks]);
    const edited = after.replace('"mcpServers": {\n', '"mcpServers": {\n    "theirs": {},\n');
    assert.equal(take(edited).text, '{\n  "a": 1,\n  "mcpServers": {\n    "theirs": {}\n  }\n}\n');
    const commented = after.replace('"mcpServers": {\n', '"mcpServers": {\n    // theirs\n');
    assert.match(take(commented).text ?? '', /"mcpServers": \{\n {4}\/\/ theirs\s*\}\n/);
    const oneHookLess = after.replace(/"Stop": \[[^]*?\],\s*"SessionEnd"/, '"SessionEnd"');
    assert.equal(take(oneHookLess).text, '{\n  "a": 1\n}\n');
  });

  it('are written anew by an agent and still found', () => {
    for (const text of [undefined, '', '{}', '{"a": [1]}', '{"mcpServers": {"b": {}}}']) {
      const { text: after, take } = connected(text, 'json', [version, server, ...hooks, ...unasked]);
      for (const indent of [0, 4, '\t']) {
        const { text: left, changed } = take(JSON.stringify(JSON.parse(after), null, indent));
        assert.deepEqual(changed, []);
        const before: unknown = JSON.parse(text || '{}');
        if (text === undefined || text === '') assert.equal(left, text);
        // A version that others may need stays; it goes only with the last of what it was for.
        else assert.deepEqual({ ...JSON.parse(left ?? ''), version: 1 }, { ...(before as object), version: 1 });
      }
    }
  });

  it('don’t make a comment swallow what stands behind them', () => {
    const { text: after, take } = connected('{\n  "a": 1 // one\n}\n', 'json', [server]);
    const left = take(after.replace(/(\n {2}"mcpServers": [^]*\n {2}\})\n\}/, '$1, "theirs": 2\n}')).text ?? '';
    assert.deepEqual(nodesOf(parseJson(left, 'f')).filter(({ type }) => type === 'property').length, 2, left);
  });

  const table: Entry = {
    path: ['mcp_servers', `agentrq-${workspaceId}`],
    value: {
      url: 'http://127.0.0.1',
      http_headers: { Authorization: 'Bearer x' },
      tool_timeout_sec: 3_600,
      args: ['a', "b'"],
      tools: { a: { b: 1 }, c: { b: 2 } },
    },
    kind: 'member',
  };
  const line = fc.constantFrom(
    '',
    'a = 1',
    '[b]',
    '[[c]]',
    '# note',
    'd = [\n  1, # one\n]',
    'e = """\n[mcp_servers.x]\n"""',
    '[mcp_servers.other]',
    '[mcp_servers.agentrq-x]',
  );
  const anyToml = fc
    .tuple(
      fc.uniqueArray(line, { maxLength: 6 }),
      fc.constantFrom('\n', '\r\n'),
      fc.constantFrom('', '\uFEFF'),
      fc.constantFrom('', '\n', '\n\n', ' '),
    )
    .map(([lines, lineEnd, mark, end]) => mark + lines.join('\n').replaceAll('\n', lineEnd) + end.replaceAll('\n', lineEnd));

  it('of TOML go without a trace, however the file ends', () => {
    fc.assert(
      fc.property(anyToml, fc.constantFrom('top = 1\n', '# theirs\n', '[theirs]\nx = 1\n\n'), (text, theirs) => {
        const { text: after, take } = connected(text, 'toml', [table]);
        assert.deepEqual(take(after), { text, changed: [] });
        const mark = text.startsWith('\uFEFF') ? '\uFEFF' : '';
        // Only the end of the last line may be another.
        const left = take(mark + theirs + after.slice(mark.length)).text ?? '';
        assert.equal(left.trimEnd(), (mark + theirs + text.slice(mark.length)).trimEnd());
      }),
      { numRuns: runs(500) },
    );
  });

  it('go whole where somebody gave every line another end', () => {
    const ends: readonly [string, (text: string) => string][] = [
      ['CRLF', (text) => text.replaceAll(/\r?\n/g, '\r\n')],
      ['LF', (text) => text.replaceAll('\r\n', '\n')],
    ];
    const configs: readonly [Format, fc.Arbitrary<string>, Entry[]][] = [
      ['toml', anyToml, [table]],
      ['json', anyConfig, [server, ...hooks, ...unasked]],
    ];
    for (const [format, config, entries] of configs) {
      fc.assert(
        fc.property(config, fc.constantFrom(...ends), (text, [name, turn]) => {
          const { text: after, take } = connected(text, format, entries);
          const { text: left, changed } = take(turn(after));
          assert.deepEqual(changed, []);
          assert.doesNotMatch(left ?? '', /\r(?!\n)/, 'a lone CR is no end of a line to most readers');
          if (name === 'CRLF' && turn(after) !== after && text.trim() !== '') assert.doesNotMatch(left ?? '', /(?<!\r)\n/);
          if (format === 'json') assert.deepEqual(wordsOf(left ?? ''), wordsOf(turn(text)));
          else assert.equal(left?.trimEnd(), turn(text).trimEnd());
        }),
        { numRuns: runs(500) },
      );
    }
  });

  it('of TOML go in whatever shape another tool wrote them', () => {
    const value = 'url = "http://127.0.0.1"';
    for (const shape of [
      `[mcp_servers]\n"agentrq-${workspaceId}" = { ${value} }\n`,
      `[mcp_servers]\nagentrq-${workspaceId}.${value}\n`,
      `mcp_servers.agentrq-${workspaceId}.${value}\n`,
      `[mcp_servers."agentrq-${workspaceId}"]\n${value} # theirs\n`,
      `["mcp_servers"."agentrq-${workspaceId}"]\n  ${value}\n`,
    ]) {
      const { take } = connected('[tui]\na = 1\n', 'toml', [{ ...table, value: { url: 'http://127.0.0.1' } }]);
      const left = take(`${shape}\n[tui]\na = 1\n`).text ?? '';
      assert.doesNotMatch(left, /agentrq-|127\.0\.0\.1/, shape);
      assert.match(left, /\[tui\]\na = 1\n$/);
    }
  });

  it('of a file with too many levels are refused in words', () => {
    for (const [format, text] of [
      ['json', `{"a": ${'['.repeat(20_000)}${']'.repeat(20_000)}}`],
      ['json', `${'{"a": '.repeat(7_000)}1${'}'.repeat(7_000)}`],
      ['toml', `a = ${'['.repeat(20_000)}${']'.repeat(20_000)}`],
    ] as const) {
      assert.throws(() => connected(text, format, [format === 'json' ? server : table]), {
        code: 'unfit',
        message: /more lists and objects/,
      });
    }
    const many = `{"a": ${'['.repeat(300)}${']'.repeat(300)}}`;
    const { text: after, take } = connected(many, 'json', [server]);
    assert.equal(take(after).text, many);
  });
});
