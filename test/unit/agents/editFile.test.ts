import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { Node } from 'jsonc-parser';
import { type PlacedInFile, putEntries, takeEntries } from '../../../src/agents/config/editFile.ts';
import type { Entry, Insert } from '../../../src/agents/config/entry.ts';
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

/** The place in a text with inserts of a place in the text without. */
function moved(offset: number, inserts: readonly Insert[]): number {
  return inserts.reduce((place, { at, text }) => (at <= place ? place + text.length : place), offset);
}

function replace(text: string, from: number, to: number, by: string): string {
  return text.slice(0, from) + by + text.slice(to);
}

function nodesOf(node: Node): Node[] {
  return [node, ...(node.children ?? []).flatMap(nodesOf)];
}

/** Nobody can tell from the digest that this is what was written. */
function touched(placed: PlacedInFile): PlacedInFile {
  return { ...placed, digest: '' };
}

describe('entries in a config file', () => {
  it('go without a trace, however the file is written', () => {
    fc.assert(
      fc.property(anyConfig, fc.subarray([version, server, ...hooks, ...unasked], { minLength: 1 }), (text, entries) => {
        const { text: connected, placed } = putEntries(text, 'json', entries, 'f');
        assert.ok(connected.length > text.length || entries.every(({ kind }) => kind === 'needed'));
        assert.deepEqual(takeEntries(connected, placed, 'f', workspaceId), { text, changed: [] });
      }),
      { numRuns: runs(1_000) },
    );
  });

  it('go alone if somebody changed anything else: that stays byte for byte', () => {
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
        const { text: connected, placed } = putEntries(text, 'json', entries, 'f');
        const from = node.offset + mark;
        const now = moved(node.offset, placed.inserts) + mark;
        const length = kind === 'value' ? node.length : 0;
        const by = { value: '"theirs"', comment: '/* theirs */ ', member: '"theirs": [1], ', line: '\n// theirs\n  ' }[kind];
        const expected = replace(text, from, from + length, by);
        const edited = replace(connected, now, now + length, by);
        assert.deepEqual(takeEntries(edited, placed, 'f', workspaceId), { text: expected, changed: [] });
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
        const { text: connected, placed } = putEntries(text, 'json', [server], 'f');
        const own = nodesOf(parseJson(connected.slice(mark), 'f')).find(
          (node) => node.type === 'property' && node.children?.[0]?.value === server.path[1],
        ) as Node;
        const at = (side === 'before' ? own.offset : own.offset + own.length) + mark;
        const edited = replace(connected, at, at, side === 'before' ? '"theirs": 1, ' : ', "theirs": 1');
        const { text: left, changed } = takeEntries(edited, placed, 'f', workspaceId);
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
    const { text: connected, placed } = putEntries('{\n  "a": 1\n}\n', 'json', [server, ...hooks], 'f');
    const edited = connected.replace('"mcpServers": {\n', '"mcpServers": {\n    "theirs": {},\n');
    assert.equal(takeEntries(edited, placed, 'f', workspaceId).text, '{\n  "a": 1,\n  "mcpServers": {\n    "theirs": {}\n  }\n}\n');
    const commented = connected.replace('"mcpServers": {\n', '"mcpServers": {\n    // theirs\n');
    assert.match(takeEntries(commented, placed, 'f', workspaceId).text ?? '', /"mcpServers": \{\n {4}\/\/ theirs\s*\}\n/);
    const oneHookLess = connected.replace(/"Stop": \[[^]*?\],\s*"SessionEnd"/, '"SessionEnd"');
    assert.equal(takeEntries(oneHookLess, placed, 'f', workspaceId).text, '{\n  "a": 1\n}\n');
  });

  it('are written anew by an agent and still found', () => {
    for (const text of [undefined, '', '{}', '{"a": [1]}', '{"mcpServers": {"b": {}}}']) {
      const { text: connected, placed } = putEntries(text, 'json', [version, server, ...hooks, ...unasked], 'f');
      for (const indent of [0, 4, '\t']) {
        const rewritten = JSON.stringify(JSON.parse(connected), null, indent);
        const { text: left, changed } = takeEntries(rewritten, placed, 'f', workspaceId);
        assert.deepEqual(changed, []);
        const before: unknown = JSON.parse(text || '{}');
        if (text === undefined || text === '') assert.equal(left, text);
        // A version that others may need stays; it goes only with the last of what it was for.
        else assert.deepEqual({ ...JSON.parse(left ?? ''), version: 1 }, { ...(before as object), version: 1 });
      }
    }
  });

  it('don’t make a comment swallow what stands behind them', () => {
    const { text: connected, placed } = putEntries('{\n  "a": 1 // one\n}\n', 'json', [server], 'f');
    const edited = connected.replace(/(\n {2}"mcpServers": [^]*\n {2}\})\n\}/, '$1, "theirs": 2\n}');
    const left = takeEntries(edited, placed, 'f', workspaceId).text ?? '';
    assert.deepEqual(nodesOf(parseJson(left, 'f')).filter(({ type }) => type === 'property').length, 2, left);
  });

  it('of TOML go without a trace, however the file ends', () => {
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
    const toml = fc
      .tuple(
        fc.uniqueArray(line, { maxLength: 6 }),
        fc.constantFrom('\n', '\r\n'),
        fc.constantFrom('', '\uFEFF'),
        fc.constantFrom('', '\n', '\n\n', ' '),
      )
      .map(([lines, lineEnd, mark, end]) => mark + lines.join('\n').replaceAll('\n', lineEnd) + end.replaceAll('\n', lineEnd));
    fc.assert(
      fc.property(toml, fc.constantFrom('', 'top = 1\n', '# theirs\n', '[theirs]\nx = 1\n\n'), (text, theirs) => {
        const { text: connected, placed } = putEntries(text, 'toml', [table], 'f');
        assert.deepEqual(takeEntries(connected, placed, 'f', workspaceId), { text, changed: [] });
        assert.deepEqual(takeEntries(connected, touched(placed), 'f', workspaceId), { text, changed: [] });
        const mark = text.startsWith('\uFEFF') ? '\uFEFF' : '';
        const edited = mark + theirs + connected.slice(mark.length);
        if (placed.base === undefined)
          assert.equal(takeEntries(edited, placed, 'f', workspaceId).text, mark + theirs + text.slice(mark.length));
      }),
      { numRuns: runs(500) },
    );
  });
});
