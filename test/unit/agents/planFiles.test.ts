import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { Connection } from '../../../src/agents/config/connectAgent.ts';
import type { WrittenFile } from '../../../src/agents/config/editFile.ts';
import type { Entry } from '../../../src/agents/config/entry.ts';
import { planFiles, type WantedFile } from '../../../src/agents/config/planFiles.ts';
import { runs } from '../../support/generated.ts';
import { anyConfig } from './anyConfig.ts';

const file = '/home/me/.agent/config';
const ids = ['00000000001', '00000000002', '00000000003'];

function entriesOf(id: string, hooks: boolean): Entry[] {
  const events = hooks ? ['Stop', 'SessionEnd'] : [];
  return [
    { path: ['version'], value: 1, kind: 'needed' },
    { path: ['mcpServers', `agentrq-${id}`], value: { args: [id] }, kind: 'member' },
    ...events.map((event): Entry => ({ path: ['hooks', event], value: { command: `hook --workspace ${id}` }, kind: 'element' })),
  ];
}

/** A file, and the connections that were written into it. */
function world(format: WantedFile['format'], start: string | undefined) {
  let text = start;
  let connections: Connection[] = [];
  let written: ReadonlyMap<string, WrittenFile> = new Map();

  function change(id: string, entries: Entry[] | undefined): void {
    const old = connections.find(({ workspaceId }) => workspaceId === id);
    const wanted: WantedFile[] = entries === undefined ? [] : [{ file, scope: 'user', format, holdsToken: true, entries }];
    const found = { target: file, missing: [], ...(text !== undefined && { present: { text, mode: 0o600 } }) };
    const others = connections.filter((one) => one !== old);
    const plan = planFiles(id, old?.files ?? [], wanted, { connections: others, written }, new Map([[file, found]]));
    ({ written } = plan);
    for (const edit of plan.edits) {
      assert.equal(edit.present, text);
      assert.deepEqual(edit.changed, []);
      text = edit.next;
    }
    const made: Connection = { agent: 'cursor', workspaceId: id, transport: 'http', hooks: true, connectedAt: '', files: plan.records };
    connections = entries === undefined ? plan.others : [...plan.others, made];
  }

  return {
    connect: (id: string, entries: Entry[]) => change(id, entries),
    disconnect: (id: string) => change(id, undefined),
    text: () => text,
    connected: () => connections.map(({ workspaceId }) => workspaceId),
  };
}

describe('several connections in one file', () => {
  const steps = fc.array(fc.record({ id: fc.constantFrom(...ids), connect: fc.boolean(), hooks: fc.boolean() }), { maxLength: 8 });

  it('leave it as it was when the last one has gone, in whatever order they came and went', () => {
    const start = fc.oneof({ weight: 4, arbitrary: anyConfig }, fc.constantFrom(undefined, '', '\n', '{}', '{\n}\n'));
    fc.assert(
      fc.property(start, steps, fc.shuffledSubarray(ids, { minLength: ids.length }), (before, list, last) => {
        // One that needs a version keeps it for others, so a file that had none is another story.
        const entries = (id: string, hooks: boolean) => entriesOf(id, hooks).slice(before?.includes('"version"') === true ? 0 : 1);
        const { connect, disconnect, connected, text } = world('json', before);
        for (const { id, connect: come, hooks } of list) {
          if (come) connect(id, entries(id, hooks));
          else if (connected().includes(id)) disconnect(id);
          for (const one of ids) assert.equal(text()?.includes(one) ?? false, connected().includes(one));
        }
        for (const id of last) if (connected().includes(id)) disconnect(id);
        assert.equal(text(), before);
      }),
      { numRuns: runs(1_000) },
    );
  });

  it('share what the file needs once, and take it along at last', () => {
    for (const order of [ids, ids.toReversed()]) {
      for (const before of [undefined, '', '{}', '{\n}\n']) {
        const { connect, disconnect, text } = world('json', before);
        for (const id of ids) connect(id, entriesOf(id, true));
        assert.equal(text()?.split('"version"').length, 2);
        for (const id of order) disconnect(id);
        assert.equal(text(), before);
      }
    }
  });

  it('of TOML leave it as it was, too', () => {
    const start = fc.constantFrom(
      undefined,
      '',
      '\n',
      'a = 1',
      'a = 1\n',
      'a = 1\r\n[b]\r\nc = 2\r\n\r\n',
      '# only this',
      '[mcp_servers.docs]\nurl = "x"',
    );
    fc.assert(
      fc.property(start, steps, fc.shuffledSubarray(ids, { minLength: ids.length }), (before, list, last) => {
        const { connect, disconnect, connected, text } = world('toml', before);
        const table = (id: string): Entry => ({ path: ['mcp_servers', `agentrq-${id}`], value: { url: id }, kind: 'member' });
        for (const { id, connect: come } of list) {
          if (come) connect(id, [table(id)]);
          else if (connected().includes(id)) disconnect(id);
        }
        for (const id of last) if (connected().includes(id)) disconnect(id);
        assert.equal(text(), before);
      }),
      { numRuns: runs(500) },
    );
  });
});
