import assert from 'node:assert/strict';
import type { JSONRPCMessage } from '@modelcontextprotocol/client';
import fc from 'fast-check';
import { createEventStores, type SessionEvents, type StreamOwner, standaloneStreamId } from '../../../src/hub/mcp/legacy/eventStore.ts';

function createOwner(...toolCalls: (string | number)[]): StreamOwner & { unanswered: number } {
  return {
    toolCalls,
    unanswered: 1,
    streamed() {},
    answered() {
      this.unanswered -= 1;
    },
  };
}

const limits = { messages: 8, bytes: 2_000, totalBytes: 4_000 };

function setUp(options: { limits?: typeof limits } = {}) {
  let ids = 0;
  const stores = createEventStores<StreamOwner>({ randomId: () => `run-${++ids}`, ...options });
  let owner: StreamOwner | undefined;
  const open = (): SessionEvents<StreamOwner> => stores.open(() => owner);
  const writeAs = async (next: StreamOwner | undefined, write: () => Promise<string>): Promise<string> => {
    owner = next;
    const id = await write();
    owner = undefined;
    return id;
  };
  return { open, writeAs };
}

const push = (content: string): JSONRPCMessage => ({ jsonrpc: '2.0', method: 'notifications/claude/channel', params: { content } });
const result = (id: string | number, text = ''): JSONRPCMessage => ({ jsonrpc: '2.0', id, result: { text } });
const progress: JSONRPCMessage = { jsonrpc: '2.0', method: 'notifications/progress', params: { progressToken: 1, progress: 1 } };
// What the SDK stores to have an id for a stream that has said nothing yet.
const priming = {} as JSONRPCMessage;

async function replay(events: SessionEvents<StreamOwner>, after: string) {
  const sent: { id: string; message: JSONRPCMessage }[] = [];
  const stream = await events.replayEventsAfter(after, { send: async (id, message) => void sent.push({ id, message }) });
  return { stream, sent };
}

describe('what is kept of the streams of sessions', () => {
  it('gives a reader everything that came on its stream after the event it names, once, in order, and nothing else', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.tuple(fc.nat(3), fc.boolean()), { maxLength: 60 }), fc.nat(), async (writes, pick) => {
        const { open, writeAs } = setUp();
        const events = open();
        const owners = [undefined, createOwner(1), createOwner('two'), createOwner()];
        const written: { stream: string; id: string; kept: boolean; message: JSONRPCMessage }[] = [];
        for (const [index, [stream, isProgress]] of writes.entries()) {
          const name = stream === 0 ? standaloneStreamId : `stream-${stream}`;
          const message = isProgress ? progress : push(`message ${index}`);
          const id = await writeAs(owners[stream], () => events.storeEvent(name, message));
          written.push({ stream: name, id, kept: !isProgress, message });
        }
        assert.equal(new Set(written.map(({ id }) => id)).size, written.length);
        const from = written[pick % Math.max(written.length, 1)];
        if (from === undefined) return;
        const { stream, sent } = await replay(events, from.id);
        assert.equal(stream, from.stream);
        const later = written.slice(written.indexOf(from) + 1).filter((each) => each.stream === from.stream && each.kept);
        assert.deepEqual(
          sent,
          later.map(({ id, message }) => ({ id, message })),
        );
      }),
    );
  });

  it('sends along what is written while a reader is catching up', async () => {
    const events = setUp().open();
    const first = await events.storeEvent(standaloneStreamId, push('1'));
    await events.storeEvent(standaloneStreamId, push('2'));
    const seen: unknown[] = [];
    await events.replayEventsAfter(first, {
      async send(_, message) {
        seen.push(message);
        if (seen.length === 1) await events.storeEvent(standaloneStreamId, push('3'));
      },
    });
    assert.deepEqual(seen, [push('2'), push('3')]);
  });

  it('knows how a call stands whose stream broke: going on, answered, or read to its end', async () => {
    const { open, writeAs } = setUp();
    const events = open();
    const owner = createOwner(7);
    const primed = await writeAs(owner, () => events.storeEvent('a', priming));
    assert.deepEqual(events.locate(primed), { kind: 'call', owner });
    const answered = await events.storeEvent('a', result(7));
    assert.deepEqual(events.locate(primed), { kind: 'call', owner });
    assert.deepEqual(events.locate(answered), { kind: 'over' });
  });

  it('says of a call of an earlier run which one it was', async () => {
    const { open, writeAs } = setUp();
    const events = open();
    const id = await writeAs(createOwner('säge', 2), () => events.storeEvent('a', priming));
    assert.match(id, /^[\w.-]+$/);
    const restarted = open();
    assert.deepEqual(restarted.locate(id), { kind: 'lost', toolCalls: ['säge', 2] });
    // The same place of the standalone stream is another one in this run.
    const place = await events.storeEvent(standaloneStreamId, push('1'));
    await restarted.storeEvent(standaloneStreamId, push('other'));
    await restarted.storeEvent(standaloneStreamId, push('other'));
    assert.deepEqual(restarted.locate(place), { kind: 'unknown' });
  });

  it('takes whatever a client sends as an event id', () => {
    const { open } = setUp();
    const events = open();
    const here = events.position();
    assert.deepEqual(events.locate(here), { kind: 'standalone' });
    assert.deepEqual(events.locate(here.replace(/\d+$/, '99')), { kind: 'unknown' });
    for (const id of ['', '0', 'c', 's.run-1.', '../..', `${here}\u0000`, '__proto__', `c.${'9'.repeat(6_000)}`]) {
      assert.deepEqual(events.locate(id), { kind: 'unknown' }, id);
    }
    for (const label of ['', 'AAAA', 'e30', Buffer.from('{"a":1}').toString('base64url')]) {
      assert.deepEqual(events.locate(`c.x.1.1.${label}`), { kind: 'lost', toolCalls: [] });
    }
    fc.assert(fc.property(fc.string(), (id) => typeof events.locate(id).kind === 'string'));
  });

  it('lets the oldest of a session go when there are too many, and says that it did', async () => {
    const { open, writeAs } = setUp({ limits });
    const events = open();
    const owner = createOwner(1);
    const primed = await writeAs(owner, () => events.storeEvent('a', priming));
    await events.storeEvent('a', result(1));
    const before = events.position();
    for (let index = 0; index < limits.messages; index += 1) await events.storeEvent(standaloneStreamId, push(`${index}`));
    assert.deepEqual(events.locate(primed), { kind: 'lost', toolCalls: [1] });
    assert.deepEqual(events.locate(before), { kind: 'standalone' });
    await events.storeEvent(standaloneStreamId, push('one more'));
    assert.deepEqual(events.locate(before), { kind: 'unknown' });
  });

  it('keeps nothing that is too large, and loses nothing else for it', async () => {
    const { open, writeAs } = setUp({ limits });
    const events = open();
    const start = events.position();
    await events.storeEvent(standaloneStreamId, push('small'));
    const owner = createOwner(1);
    const primed = await writeAs(owner, () => events.storeEvent('a', priming));
    await events.storeEvent('a', result(1, 'x'.repeat(limits.bytes)));
    assert.deepEqual(events.locate(primed), { kind: 'lost', toolCalls: [1] });
    assert.equal((await replay(events, start)).sent.length, 1);
  });

  it('keeps no more than so many bytes of a session, nor of all sessions together', async () => {
    const { open } = setUp({ limits });
    const sessions = Array.from({ length: 4 }, open);
    const starts = sessions.map((events) => events.position());
    for (const events of sessions) {
      for (let index = 0; index < 3; index += 1) await events.storeEvent(standaloneStreamId, push('x'.repeat(450)));
    }
    // 3 × 3 messages of 550 bytes are beyond what all may keep: the session that has kept something for longest gives it up.
    assert.deepEqual(
      sessions.map((events, index) => events.locate(starts[index] ?? '').kind),
      ['unknown', 'unknown', 'standalone', 'standalone'],
    );
    for (const events of sessions) events.dispose();
    const [fresh] = [open()];
    const start = fresh.position();
    for (let index = 0; index < 3; index += 1) await fresh.storeEvent(standaloneStreamId, push('x'.repeat(450)));
    assert.equal((await replay(fresh, start)).sent.length, 3);
  });
});
