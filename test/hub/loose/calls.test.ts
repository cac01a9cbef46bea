import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { Field } from '../../../src/protocol/toolFields.ts';
import { type ToolName, tools } from '../../../src/protocol/tools.ts';
import { markNumber, writeExact } from '../../../src/util/exactJson.ts';
import { runs } from '../../support/generated.ts';
import { connectLoosely, type Door, doors, type LooseAnswer, type LooseClient } from '../../support/looseClient.ts';
import { startTestHub, type TestHub } from '../../support/testHub.ts';
import { waitFor } from '../../support/waitFor.ts';

// Calls that are made up, in order and loosened. A loosened call has to reach its tool with the same meaning, by every way in.

type Args = Record<string, unknown>;
interface Call {
  tool: ToolName;
  args: Args;
}

/** A message on its way: what it says beside its arguments is loosened as well. */
interface Said {
  call: Call;
  /** The arguments as they are written. */
  args: unknown;
  id: unknown;
  params: Record<string, unknown>;
  meta: Record<string, unknown>;
  beside: Record<string, unknown>;
}

/** Some of what is changed is in few calls: as many are passed over. */
const maxSkipsPerRun = 10_000;

const fieldsOf = (tool: ToolName): [string, Field][] => Object.entries(tools[tool].input);
const kindOf = (tool: ToolName, name: string): Field['kind'] | undefined => fieldsOf(tool).find(([each]) => each === name)?.[1].kind;

/** Changes the members that hold a kind of value. */
function members(change: (value: unknown, kind: Field['kind'], name: string) => unknown): (said: Said) => Said {
  return (said) => {
    const { call, args } = said;
    if (typeof args !== 'object' || args === null || Array.isArray(args)) return said;
    const changed = Object.entries(args).map(([name, value]) => {
      const kind = kindOf(call.tool, name);
      return [name, kind === undefined ? value : change(value, kind, name)];
    });
    return { ...said, args: Object.fromEntries(changed) as Args };
  };
}

/** Gives each optional member that the call has left out a value that says nothing. */
function absentAs(value: unknown, fits: (field: Field, name: string) => boolean = () => true): (said: Said) => Said {
  return (said) => {
    const { call, args } = said;
    if (typeof args !== 'object' || args === null) return said;
    const left = fieldsOf(call.tool).filter(
      ([name, field]) => !field.required && !(name in call.args) && !(name in args) && fits(field, name),
    );
    return { ...said, args: { ...args, ...Object.fromEntries(left.map(([name]) => [name, value])) } };
  };
}

const isNumber = (kind: Field['kind']): boolean => kind === 'whole' || kind === 'number';

const loosened: Record<string, (said: Said) => Said> = {
  'numbers are texts': members((value, kind) => (isNumber(kind) && typeof value === 'number' ? String(value) : value)),
  'numbers are texts between blanks': members((value, kind) => (isNumber(kind) && typeof value === 'number' ? ` ${value} ` : value)),
  'numbers have a fraction of nothing': members((value, kind) =>
    isNumber(kind) && Number.isInteger(value) ? markNumber(`${String(value)}.0`) : value,
  ),
  'numbers have an exponent': members((value, kind) =>
    isNumber(kind) && Number.isInteger(value) ? markNumber(`${String(value)}e0`) : value,
  ),
  'flags are texts': members((value, kind) => (kind === 'flag' && typeof value === 'boolean' ? String(value) : value)),
  'flags are words of Python': members((value, kind) =>
    kind === 'flag' && typeof value === 'boolean' ? (value ? 'True' : 'False') : value,
  ),
  'flags are words': members((value, kind) => (kind === 'flag' && typeof value === 'boolean' ? (value ? 'yes' : 'no') : value)),
  'flags are numbers': members((value, kind) => (kind === 'flag' && typeof value === 'boolean' ? Number(value) : value)),
  'lists are texts': members((value, kind) => ((kind === 'texts' || kind === 'files') && Array.isArray(value) ? writeExact(value) : value)),
  'a list of one is that one': members((value, kind) => {
    const [only, another] = Array.isArray(value) ? (value as unknown[]) : [];
    if (another !== undefined || only === undefined) return value;
    const isPlain = typeof only === 'string' && !/[,;|\n[]/.test(only);
    return kind === 'files' || (kind === 'texts' && isPlain) ? only : value;
  }),
  'texts that are numbers are numbers': members((value, kind) =>
    kind === 'text' && typeof value === 'string' && /^[1-9]\d{0,14}$/.test(value) ? Number(value) : value,
  ),
  'choices that are numbers are numbers': members((value, kind) =>
    kind === 'texts' && Array.isArray(value)
      ? value.map((each) => (typeof each === 'string' && /^[1-9]\d{0,14}$/.test(each) ? Number(each) : (each as unknown)))
      : value,
  ),
  'lists have gaps': members((value, kind) => (kind === 'texts' && Array.isArray(value) ? [null, ...(value as unknown[]), ''] : value)),
  'files have members that are null': members((value, kind) =>
    kind === 'files' && Array.isArray(value)
      ? value.map((file: unknown) => (typeof file === 'object' ? { filename: null, ...file } : file))
      : value,
  ),
  'what is left out is null': absentAs(null),
  'what is left out is an empty text': absentAs(''),
  'what is left out is an empty list': absentAs([]),
  'what is left out is an empty object': absentAs({}),
  'what is left out is 0, where that means nothing': absentAs(
    0,
    ({ kind, minimum = 0 }) => !(kind === 'number' || (kind === 'whole' && minimum === 0)),
  ),
  'what is left out is false': absentAs(false, ({ kind }) => kind !== 'flag'),
  'names have no underscores, or have some': (said) => {
    if (typeof said.args !== 'object' || said.args === null) return said;
    const other = (name: string): string =>
      name.includes('_')
        ? name.replaceAll(/_(.)/g, (_all, letter: string) => letter.toUpperCase())
        : name.replaceAll(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
    return { ...said, args: Object.fromEntries(Object.entries(said.args).map(([name, value]) => [other(name), value])) };
  },
  'there are members that nobody knows': (said) =>
    typeof said.args === 'object' ? { ...said, args: { ...said.args, nobody_knows: { deep: [1] }, model: null } } : said,
  'the arguments are a text': (said) => (typeof said.args === 'string' ? said : { ...said, args: writeExact(said.args ?? {}) }),
  'no arguments are null': (said) => (Object.keys(said.args ?? {}).length === 0 ? { ...said, args: null } : said),
  'no arguments are a list': (said) => (Object.keys(said.args ?? {}).length === 0 ? { ...said, args: [] } : said),
  'there is a cursor that is null': (said) => ({ ...said, params: { ...said.params, cursor: null } }),
  'the token of progress is null': (said) => ({ ...said, meta: { ...said.meta, progressToken: null } }),
  'the token of progress is an object': (said) => ({ ...said, meta: { ...said.meta, progressToken: {} } }),
  'the token of progress is a fraction': (said) => ({ ...said, meta: { ...said.meta, progressToken: 1.5 } }),
  'the related task is null': (said) => ({ ...said, meta: { ...said.meta, 'io.modelcontextprotocol/related-task': null } }),
  'the id is a fraction': (said) => ({ ...said, id: 1.5 }),
  'the id is more than is exact': (said) => ({ ...said, id: markNumber('12345678901234567890') }),
  'the id is a long text': (said) => ({ ...said, id: 'id '.repeat(300) }),
  'the id is empty': (said) => ({ ...said, id: '' }),
  'there is a result that is null': (said) => ({ ...said, beside: { ...said.beside, result: null, error: null } }),
  'the version of JSON-RPC is a number': (said) => ({ ...said, beside: { ...said.beside, jsonrpc: markNumber('2.0') } }),
  'the version of JSON-RPC is null': (said) => ({ ...said, beside: { ...said.beside, jsonrpc: null } }),
};

/** Not the seconds to wait: without them a question waits for as long as its client can. */
const isCount = (kind: Field['kind'], name: string): boolean => isNumber(kind) && name !== 'wait_s';

/** Nobody can say what these mean. A question reaches the user without it; all other calls are refused. */
const notMeant: Record<string, (said: Said) => Said> = {
  'a number with its unit': members((value, kind, name) => (isCount(kind, name) ? `${String(value)} s` : value)),
  'a number in words': members((value, kind, name) => (isCount(kind, name) ? 'three' : value)),
  'a number that is a list': members((value, kind, name) => (isCount(kind, name) ? [value] : value)),
  'a number below its bound': members((value, kind, name) => (isCount(kind, name) ? -1 : value)),
  'a line that is a fraction': members((value, kind) => (kind === 'whole' ? 1.5 : value)),
  'a flag that is something else': members((value, kind) => (kind === 'flag' ? 'maybe' : value)),
  'a list divided by commas': members((value, kind) => (kind === 'texts' ? 'one, two' : value)),
  'a list of objects': members((value, kind) => (kind === 'texts' ? [{ label: 'one' }] : value)),
  'files that are paths': members((value, kind) => (kind === 'files' ? ['a.png'] : value)),
  'an optional text that is an object': members((value, kind, name) =>
    kind === 'text' && ['taskId', 'requestId', 'file', 'snippet', 'assignee', 'tool_use_id'].includes(name) ? { id: value } : value,
  ),
};

/** These are what a call is about: without them there is none. */
const refused: Record<string, (said: Said) => Said> = {
  'a required text that is an object': members((value, _kind, name) =>
    ['title', 'chatId', 'question', 'summary', 'tool_name', 'attachmentId'].includes(name) ? { text: value } : value,
  ),
  'a required text that is null': members((value, _kind, name) =>
    ['body', 'text', 'question', 'summary', 'tool_name'].includes(name) ? null : value,
  ),
  'a time with its unit': members((value, _kind, name) => (name === 'wait_s' ? '5 s' : value)),
  'arguments by position': (said) => ({ ...said, args: [said.args] }),
  'arguments that are another text': (said) => ({ ...said, args: 'please' }),
  'another version of JSON-RPC': (said) => ({ ...said, beside: { ...said.beside, jsonrpc: '1.0' } }),
};

/** What earlier calls came to may go along with any result. */
const isInbox = (text: string): boolean => text.startsWith('Answers from the user');

const asks: ReadonlySet<ToolName> = new Set(['askHuman', 'requestReview', 'requestPermission']);

describe('a call that is made up', () => {
  let test: TestHub;
  const clients = new Map<Door, LooseClient>();
  let taskId: string;
  let requestId: string;
  let attachmentId: string;

  before(async () => {
    test = await startTestHub();
    for (const door of doors) clients.set(door, await connectLoosely(door, test));
    const older = clients.get('older') ?? assert.fail();
    taskId = idIn(await strictly(older, { tool: 'createTask', args: { title: 'The task', body: 'b', attachments: [file('YQ==')] } }));
    const asked = await strictly(older, { tool: 'askHuman', args: { question: 'The question', wait_s: 0 } });
    requestId = requestIn(asked);
    attachmentId = (await test.api.call('getTask', inTask(taskId))).task.attachments?.[0]?.id ?? assert.fail();
  });

  after(async () => {
    for (const client of clients.values()) await client.close();
    await test.dispose();
  });

  const inTask = (id: string) => ({ workspaceId: test.workspaceId, taskId: id });
  const file = (data: string) => ({ name: 'a.txt', mimeType: 'text/plain', data });
  const textsOf = ({ message }: LooseAnswer): string[] =>
    ((message.result?.['content'] ?? []) as { text: string }[]).map(({ text }) => text).filter((text) => !isInbox(text));
  const requestIn = ({ message }: LooseAnswer): string =>
    (message.result?.['structuredContent'] as { requestId?: string } | undefined)?.requestId ?? assert.fail('no request');
  const idIn = (answer: LooseAnswer): string => /id=(\w{11})/.exec(textsOf(answer)[0] ?? '')?.[1] ?? '';

  /** Texts that look like something else, too. */
  const anyText = fc.oneof(
    fc.constantFrom('5', '0', 'true', 'null', '["a"]', '{"a":1}', '1.0', '12345678901234567890', 'a, b', '-1'),
    fc.string({ unit: 'grapheme', minLength: 1, maxLength: 20 }).filter((text) => text.trim() !== ''),
  );
  const anyLine = fc.integer({ min: 1, max: 9 });
  const anyFiles = fc.array(fc.constantFrom('YQ==', 'YWI=').map(file), { minLength: 1, maxLength: 2 });
  const place = { file: anyText.filter((text) => !/\p{Cc}/u.test(text)), line: anyLine, end_line: fc.constant(9), snippet: anyText };
  const wait = { wait_s: fc.constantFrom(0, 0.01) };
  const anyInput = fc.oneof(
    fc.dictionary(fc.string({ maxLength: 5 }), fc.jsonValue({ maxDepth: 2 }), { maxKeys: 3 }),
    fc.constant({ big: markNumber('12345678901234567890'), one: markNumber('1.0'), text: '1', list: '["a"]', none: null, half: '\ud800' }),
  );
  const record = (all: Record<string, fc.Arbitrary<unknown>>, requiredKeys: string[]): fc.Arbitrary<Args> =>
    fc.record(all, { requiredKeys, noNullPrototype: true });
  const anyCall: fc.Arbitrary<Call> = fc.oneof(
    record({ title: anyText, body: anyText, assignee: fc.constantFrom('agent', 'human'), attachments: anyFiles }, ['title', 'body']).map(
      (args) => ({ tool: 'createTask', args }) as const,
    ),
    fc.constantFrom('ongoing', 'blocked').map((status) => ({ tool: 'updateTaskStatus', args: { taskId, status } }) as const),
    record({ text: anyText, attachments: anyFiles }, ['text']).map(
      (args) => ({ tool: 'reply', args: { chatId: taskId, ...args } }) as const,
    ),
    record({ includeConversation: fc.boolean(), cursor: fc.nat(3), limit: anyLine }, []).map(
      (args) => ({ tool: 'getTask', args: { taskId, ...args } }) as const,
    ),
    fc.constant({ tool: 'getWorkspace', args: {} } as const),
    fc.constant(null).map(() => ({ tool: 'downloadAttachment', args: { attachmentId } }) as const),
    record({ question: anyText, choices: fc.array(anyText, { minLength: 1, maxLength: 4 }), multiple: fc.boolean(), ...place, ...wait }, [
      'question',
      'wait_s',
      'file',
    ]).map((args) => ({ tool: 'askHuman', args }) as const),
    record({ summary: anyText, ...place, ...wait }, ['summary', 'wait_s', 'file']).map(
      (args) => ({ tool: 'requestReview', args }) as const,
    ),
    record(wait, ['wait_s']).map((args) => ({ tool: 'waitForReply', args: { requestId, ...args } }) as const),
    record({ tool_name: anyText, input: anyInput }, ['tool_name', 'input']).map((args) => ({ tool: 'requestPermission', args }) as const),
  );
  const anyDoor = fc.constantFrom(...doors);

  const plainly = (call: Call): Said => ({ call, args: call.args, id: 7, params: {}, meta: {}, beside: {} });

  function send(client: LooseClient, door: Door, said: Said): Promise<LooseAnswer> {
    const { id, params, meta, beside, args, call } = said;
    const inside = (value: Record<string, unknown>): string => writeExact(value).slice(1, -1);
    if ('jsonrpc' in beside) {
      if (door === 'newer') return send(client, door, { ...said, beside: {} });
      const message = { ...beside, id, method: 'tools/call', params: { ...params, name: call.tool, arguments: args, _meta: meta } };
      return client.ask(writeExact(message));
    }
    return client.ask({
      id: writeExact(id),
      method: 'tools/call',
      members: inside({ ...params, name: call.tool, arguments: args }),
      meta: inside(meta),
      beside: inside(beside),
    });
  }

  const strictly = (client: LooseClient, call: Call): Promise<LooseAnswer> => send(client, 'older', plainly(call));

  /** What a call came to, without what differs each time. */
  async function effectOf(door: Door, said: Said): Promise<unknown> {
    const client = clients.get(door) ?? assert.fail();
    const { tool } = said.call;
    if (tool === 'requestPermission') return await effectOfPermission(client, door, said);
    const answer = await send(client, door, said);
    assert.equal(answer.message.error, undefined, answer.raw);
    assertOwnId(said, answer);
    const texts = textsOf(answer);
    const structured = (answer.message.result?.['structuredContent'] ?? {}) as { requestId?: string };
    if (tool === 'createTask') {
      const { task } = await test.api.call('getTask', inTask(idIn(answer)));
      return {
        ...task,
        id: '',
        key: '',
        createdAt: '',
        updatedAt: '',
        sortOrder: 0,
        attachments: task.attachments?.map(({ size, name }) => [size, name]),
      };
    }
    if (tool === 'reply') {
      const { messages } = await test.api.call('getTask', inTask(taskId));
      const last = messages.at(-1);
      return [texts, last?.text, last?.attachments?.map(({ size, name }) => [size, name])];
    }
    if (structured.requestId !== undefined && asks.has(tool)) {
      const { requests } = await test.api.call('getBoard', {});
      const {
        id: _id,
        createdAt: _createdAt,
        updatedAt: _updatedAt,
        ...request
      } = requests.find(({ id }) => id === structured.requestId) ?? assert.fail();
      await test.api.call('dismissRequest', { workspaceId: test.workspaceId, requestId: structured.requestId });
      return [texts.map((text) => text.replaceAll(structured.requestId ?? '', '')), request];
    }
    return [texts, answer.message.result?.['isError']];
  }

  async function effectOfPermission(client: LooseClient, door: Door, said: Said): Promise<unknown> {
    const asking = send(client, door, said);
    const open = async () =>
      (await test.api.call('getBoard', {})).requests.find(({ kind, status }) => kind === 'permission' && status === 'open');
    await waitFor('the permission', async () => (await open()) !== undefined);
    const { id, permission } = (await open()) ?? assert.fail();
    await test.api.call('answerRequest', { workspaceId: test.workspaceId, requestId: id, decision: 'allow' });
    const answer = await asking;
    assertOwnId(said, answer);
    const [text = ''] = textsOf(answer);
    assert.equal(permission?.input, writeExact(said.call.args['input']), 'it is shown to the letter');
    assert.equal(text, writeExact({ behavior: 'allow', updatedInput: said.call.args['input'] }), 'and given back to the letter');
    return [permission, text];
  }

  function assertOwnId({ id }: Said, { raw }: LooseAnswer): void {
    assert.ok(raw.includes(`"id":${writeExact(id)}`), `${writeExact(id)} in ${raw.slice(0, 300)}`);
  }

  function assertRefused(said: Said, answer: LooseAnswer): string {
    assertOwnId(said, answer);
    const text = answer.message.error?.message ?? textsOf(answer)[0] ?? '';
    assert.ok(answer.message.error !== undefined || answer.message.result?.['isError'] === true, answer.raw);
    assert.match(text, /^[^\n{}[\]]{8,400}$/, 'in a sentence');
    assert.doesNotMatch(text, /invalid_type|expected|zod/i);
    return text;
  }

  for (const [name, loosen] of Object.entries(loosened)) {
    it(`means the same where ${name}`, async () => {
      await fc.assert(
        fc.asyncProperty(anyCall, anyDoor, async (call, door) => {
          const said = loosen(plainly(call));
          fc.pre(writeExact(said) !== writeExact(plainly(call)));
          assert.deepEqual(await effectOf(door, said), await effectOf('older', plainly(call)));
        }),
        { numRuns: runs(12), maxSkipsPerRun, endOnFailure: true },
      );
    });
  }

  it('means the same where two of these come together', async () => {
    const anyTwo = fc.tuple(fc.constantFrom(...Object.entries(loosened)), fc.constantFrom(...Object.entries(loosened)));
    await fc.assert(
      fc.asyncProperty(anyCall, anyDoor, anyTwo, async (call, door, [[, one], [, other]]) => {
        const said = other(one(plainly(call)));
        assert.deepEqual(await effectOf(door, said), await effectOf('older', plainly(call)));
      }),
      { numRuns: runs(150), endOnFailure: true },
    );
  });

  for (const [name, change] of Object.entries(notMeant)) {
    it(`is refused, or asks without it, where there is ${name}`, async () => {
      const anyOther = fc.constantFrom((said: Said) => said, ...Object.values(loosened));
      await fc.assert(
        fc.asyncProperty(anyCall, anyDoor, anyOther, async (call, door, loosen) => {
          fc.pre(call.tool !== 'requestPermission');
          const changed = change(plainly(call));
          fc.pre(writeExact(changed) !== writeExact(plainly(call)));
          const said = loosen(changed);
          const answer = await send(clients.get(door) ?? assert.fail(), door, said);
          if (!asks.has(call.tool)) {
            assertRefused(said, answer);
            return;
          }
          assertOwnId(said, answer);
          const asked = requestIn(answer);
          const request = (await test.api.call('getBoard', {})).requests.find(({ id }) => id === asked);
          const question = String(call.args['question'] ?? call.args['summary']).trim();
          assert.equal(request?.question, question, 'the question reaches the user');
          assert.match(textsOf(answer).at(-1) ?? '', /left out/);
          await test.api.call('dismissRequest', { workspaceId: test.workspaceId, requestId: asked });
        }),
        { numRuns: runs(10), maxSkipsPerRun, endOnFailure: true },
      );
    });
  }

  for (const [name, change] of Object.entries(refused)) {
    it(`is refused with its own id where there is ${name}`, async () => {
      const anyOther = fc.constantFrom((said: Said) => said, ...Object.values(loosened));
      await fc.assert(
        fc.asyncProperty(anyCall, anyDoor, anyOther, async (call, door, loosen) => {
          const said = change(loosen(plainly(call)));
          fc.pre(name !== 'a time with its unit' || !asks.has(call.tool));
          fc.pre(writeExact(said) !== writeExact(loosen(plainly(call))) && !('jsonrpc' in said.beside && door === 'newer'));
          assertRefused(said, await send(clients.get(door) ?? assert.fail(), door, said));
        }),
        { numRuns: runs(10), maxSkipsPerRun, endOnFailure: true },
      );
    });
  }
});
