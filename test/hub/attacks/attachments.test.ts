import assert from 'node:assert/strict';
import { readdirSync, rmSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { saveAttachment, sweepAttachments, withFiles } from '../../../src/hub/service/attachments.ts';
import { limits } from '../../../src/protocol/limits.ts';
import type { Attachment } from '../../../src/protocol/model.ts';
import { type HostileTarget, startHostileTarget } from '../../support/hostileTarget.ts';
import { connectAgent, eras } from '../../support/testAgent.ts';
import { startTestService } from '../../support/testService.ts';
import { waitFor } from '../../support/waitFor.ts';

describe('files that go with messages', () => {
  let hub: HostileTarget;
  let other: string;
  beforeEach(async () => {
    hub = await startHostileTarget();
    other = hub.hub.openWorkspace('other').id;
  });
  afterEach(() => hub.finish());

  const bearer = (token: string) => ({ authorization: `Bearer ${token}` });
  const at = (path = '', workspaceId = hub.workspaceId) => `${hub.hub.url}/api/v1/workspaces/${workspaceId}/attachments${path}`;
  const post = async (body: BodyInit, query = '', headers: Record<string, string> = {}): Promise<Response> =>
    await fetch(at(query), { method: 'POST', headers: { ...bearer(hub.hub.userToken), ...headers }, body });
  async function upload(body: BodyInit, name = 'a.txt', type = 'text/plain'): Promise<Attachment> {
    const response = await post(body, `?name=${encodeURIComponent(name)}`, { 'content-type': type });
    assert.equal(response.status, 201);
    return ((await response.json()) as { attachment: Attachment }).attachment;
  }
  const get = async (path: string, token = hub.hub.userToken, workspaceId = hub.workspaceId): Promise<Response> =>
    await fetch(at(path, workspaceId), { headers: bearer(token) });
  const folder = () => join(hub.home, 'attachments');

  for (const era of eras) {
    it(`go from the user to an agent of the ${era} era and back`, async () => {
      const { workspaceId, api } = hub;
      const attachment = await upload('hello', 'notes.txt');
      assert.deepEqual(attachment, { id: attachment.id, name: 'notes.txt', mimeType: 'text/plain', size: 5 });
      const { task } = await api.call('createTask', { workspaceId, title: 'T', attachmentIds: [attachment.id] });
      assert.deepEqual(task.attachments, [attachment]);
      const agent = await connectAgent(era, hub.agentAddress());
      const { text } = await agent.call('getTask', { taskId: task.id });
      assert.ok(text.endsWith(`Attachments:\n  - id=${attachment.id} name=notes.txt type=text/plain`), text);
      const download = await agent.call('downloadAttachment', { attachmentId: attachment.id, taskId: task.id });
      assert.equal(Buffer.from(download.text, 'base64').toString(), 'hello');

      const data = Buffer.from('done').toString('base64');
      await agent.call('reply', { chatId: task.id, text: 'Here.', attachments: [{ name: 'r.md', mimeType: 'text/markdown', data }] });
      const { messages } = await api.call('getTask', { workspaceId, taskId: task.id });
      const [sent] = messages.find((message) => message.text === 'Here.')?.attachments ?? [];
      assert.deepEqual([sent?.name, sent?.mimeType, sent?.size], ['r.md', 'text/markdown', 4]);
      assert.equal(await (await get(`/${sent?.id}`)).text(), 'done');

      const second = await upload('more', 'more.txt');
      await api.call('replyToTask', { workspaceId, taskId: task.id, text: 'See this.', attachmentIds: [second.id] });
      const { texts } = await agent.call('getWorkspace');
      assert.ok(texts[1]?.includes(`See this.\nAttachments:\n  - id=${second.id} name=more.txt type=text/plain`), texts[1]);
      await agent.close();
    });
  }

  for (const era of eras) {
    it(`go with an answer, to an agent of the ${era} era that waits for one`, async () => {
      const { workspaceId, api } = hub;
      const agent = await connectAgent(era, hub.agentAddress());
      const taskId = await agent.createTask('T', 'b');
      for (const [text, said] of [
        ['As drawn here.', 'As drawn here.'],
        ['', 'see the attached files'],
      ] as const) {
        const asking = agent.call('askHuman', { question: `How? (${said})`, taskId, wait_s: 30 });
        await waitFor('the question', async () => (await api.call('getBoard', {})).requests.some(({ status }) => status === 'open'));
        const { id } = await upload('a drawing', 'drawing.txt');
        await api.call('replyToTask', { workspaceId, taskId, text, attachmentIds: [id] });
        const answer = await asking;
        assert.ok(
          answer.text.startsWith(`The user answered: ${said}\nAttachments:\n  - id=${id} name=drawing.txt type=text/plain\n`),
          answer.text,
        );
        const given = answer.structured['answer'] as { attachments: Attachment[] };
        assert.deepEqual(given.attachments, [{ id, name: 'drawing.txt', mimeType: 'text/plain', size: 9 }]);
        assert.equal(Buffer.from((await agent.call('downloadAttachment', { attachmentId: id })).text, 'base64').toString(), 'a drawing');
      }
      await assert.rejects(api.call('replyToTask', { workspaceId, taskId, text: ' ' }), { code: 'invalid_input' });
      await agent.close();
    });
  }

  it('are brought and fetched by windows, byte for byte, and refused in words', async () => {
    const { workspaceId, api } = hub;
    const bytes = Uint8Array.from({ length: 70_000 }, (_, index) => index % 251);
    const attachment = await api.upload(workspaceId, { name: 'a &b?c=%d é.bin', mimeType: 'no type\r\n', bytes });
    assert.deepEqual(attachment, { id: attachment.id, name: 'a &b?c=%d é.bin', mimeType: 'application/octet-stream', size: 70_000 });
    assert.deepEqual(new Uint8Array(await api.download(workspaceId, attachment.id)), bytes);
    const large = { name: 'a', mimeType: 'image/png', bytes: new Uint8Array(limits.attachmentBytes + 1) };
    await assert.rejects(api.upload(workspaceId, large), { name: 'HubError', code: 'payload_too_large' });
    for (const id of ['file0000009', '../../board']) await assert.rejects(api.download(workspaceId, id), { name: 'HubError' });
    assert.equal((await api.upload(workspaceId, { name: '', mimeType: '', bytes: new Uint8Array() })).size, 0);
  });

  it('are kept by their id, and no name leads anywhere or looks like something else', async () => {
    const names: [string, string][] = [
      ['../../hub.db', 'hub.db'],
      ['..\\..\\evil.exe', 'evil.exe'],
      ['/etc/passwd', 'passwd'],
      ['C:\\x.txt', 'x.txt'],
      ['..', 'file'],
      ['', 'file'],
      ['a\u0000b\r\nSet-Cookie: x.txt', 'abSet-Cookie: x.txt'],
      ['gpj.\u202etxt', 'gpj.txt'],
      ['n'.repeat(500), 'n'.repeat(200)],
    ];
    for (const [name, kept] of names) {
      const { id, name: shown } = await upload('x', name);
      assert.equal(shown, kept);
      assert.deepEqual(readdirSync(folder()).includes(id), true);
      if (process.platform !== 'win32') assert.equal(statSync(join(folder(), id)).mode & 0o777, 0o600);
      const disposition = (await get(`/${id}`)).headers.get('content-disposition') ?? '';
      assert.match(disposition, /^attachment; filename\*=UTF-8''[\w.%~!-]+$/);
    }
    for (const path of ['/..%2f..%2fhub.db', '/%2e%2e', '/hub.db', '/00000000000', '/0000000000g.', '/a/b']) {
      assert.ok((await get(path)).status >= 400, path);
    }
  });

  it('are never shown as a page of the hub, whatever they say that they are', async () => {
    const page = await upload('<script>alert(1)</script>', 'a.html', 'text/html; charset=utf-8');
    assert.equal(page.mimeType, 'text/html');
    assert.equal((await upload('x', 'a', 'no type at all')).mimeType, 'application/octet-stream');
    const { headers } = await get(`/${page.id}`);
    assert.equal(headers.get('content-type'), 'application/octet-stream');
    assert.equal(headers.get('x-content-type-options'), 'nosniff');
    assert.match(headers.get('content-disposition') ?? '', /^attachment/);
    assert.match(headers.get('content-security-policy') ?? '', /sandbox/);
  });

  it("are nobody else's: not another workspace's, not another agent's, and an agent's token opens no door of the user's", async () => {
    const { id } = await upload('secret');
    assert.equal((await get(`/${id}`, hub.hub.userToken, other)).status, 404);
    for (const token of [hub.hub.agentToken(hub.workspaceId), hub.hub.agentToken(other)]) {
      assert.equal((await get(`/${id}`, token)).status, 403);
      assert.equal((await fetch(at(), { method: 'POST', headers: bearer(token), body: 'x' })).status, 403);
    }
    assert.equal((await get(`/${id}`, 'nonsense')).status, 401);
    assert.equal((await fetch(at(`/${id}`), { method: 'DELETE', headers: bearer(hub.hub.userToken) })).status, 405);
    const stranger = await connectAgent('modern', hub.agentAddress(other));
    for (const attachmentId of [id, '../../master-secret', '']) {
      assert.equal((await stranger.call('downloadAttachment', { attachmentId })).isError, true, attachmentId);
    }
    await stranger.close();
    await assert.rejects(hub.api.call('createTask', { workspaceId: other, title: 'T', attachmentIds: [id] }), {
      code: 'attachment_not_found',
    });
  });

  it('are bounded in size and number, and each goes with one thing', async () => {
    const { workspaceId, api } = hub;
    const large = new Uint8Array(limits.attachmentBytes + 1);
    assert.equal((await post(large)).status, 413);
    assert.equal((await post(large.subarray(1))).status, 201);
    const { id } = await upload('x');
    await assert.rejects(
      api.call('createTask', { workspaceId, title: 'T', attachmentIds: Array.from({ length: limits.attachments + 1 }, () => id) }),
      { code: 'invalid_input' },
    );
    await assert.rejects(api.call('createTask', { workspaceId, title: 'T', attachmentIds: [id, id] }), { code: 'invalid_input' });
    await api.call('createTask', { workspaceId, title: 'T', attachmentIds: [id] });
    await assert.rejects(api.call('createTask', { workspaceId, title: 'T', attachmentIds: [id] }), { code: 'invalid_input' });
  });

  // On Windows only an administrator makes links.
  const whereLinksAreMade = process.platform === 'win32' ? () => undefined : it;

  whereLinksAreMade('are not read through a link that somebody put in their place', async () => {
    const { id } = await upload('x');
    rmSync(join(folder(), id));
    writeFileSync(join(hub.home, 'secret'), 's', { mode: 0o600 });
    symlinkSync(join(hub.home, 'secret'), join(folder(), id));
    assert.equal((await get(`/${id}`)).status, 404);
  });
});

const sent = { sender: 'human', kind: 'text', text: 'x', delivery: 'queued' } as const;

describe('files that nothing needs', () => {
  it('are removed after a week, and those of a deleted task or message with the next clean-up', () => {
    const { context, clock, workspaceId } = startTestService();
    const now = new Date(clock.now()).toISOString();
    const add = (taskId?: string): string => {
      const id = context.newId();
      context.attachmentFiles.write(id, Buffer.from('x'));
      const row = { id, workspaceId, name: 'a', mimeType: 'text/plain', size: 1, createdAt: now };
      context.transact(() => context.store.attachments.put({ ...row, ...(taskId !== undefined && { taskId }) }));
      return id;
    };
    const common = { workspaceId, createdAt: now, updatedAt: now, createdBy: 'human', assignee: 'agent', status: 'ongoing' } as const;
    const task = context.transact((changes) => changes.createTask({ id: context.newId(), ...common, title: 't', body: '', sortOrder: 0 }));
    const [used, unused, said] = [add(task.id), add(), add(task.id)];
    const attachments = [{ id: said, name: 'a', mimeType: 'text/plain', size: 1 }];
    const message = context.transact((changes) =>
      changes.createMessage({ ...sent, id: context.newId(), workspaceId, taskId: task.id, createdAt: now, attachments }),
    );
    const unknown = context.newId();
    context.attachmentFiles.write(unknown, Buffer.from('its row was lost'));
    const sweeping = sweepAttachments(context);
    const there = (id: string) => [context.store.attachments.get(id) !== undefined, context.attachmentFiles.read(id) !== undefined];
    assert.deepEqual(
      [there(used), there(unused)],
      [
        [true, true],
        [true, true],
      ],
    );
    clock.advance(6 * 24 * 60 * 60_000);
    assert.deepEqual(there(unused), [true, true]);
    clock.advance(25 * 60 * 60_000);
    assert.deepEqual(
      [there(used), there(unused), there(said)],
      [
        [true, true],
        [false, false],
        [true, true],
      ],
    );
    context.transact((changes) => changes.deleteMessage(message));
    clock.advance(60 * 60_000);
    assert.deepEqual(
      [there(used), there(said)],
      [
        [true, true],
        [false, false],
      ],
    );
    context.transact((changes) => changes.deleteTask(task));
    clock.advance(60 * 60_000);
    assert.deepEqual(there(used), [false, false]);
    assert.deepEqual(there(unknown), [false, true]);
    sweeping.dispose();
  });

  it('have room in each workspace, whatever another one has taken, and no more than there is for all', () => {
    const { context, workspaceId } = startTestService();
    const { store, transact } = context;
    const others = Array.from({ length: 4 }, (_, index) => `other00000${index}`);
    for (const id of others) {
      const times = { createdAt: '2026-01-01T00:00:00.000Z', updatedAt: '2026-01-01T00:00:00.000Z' };
      transact((changes) => changes.saveWorkspace({ id, name: id, description: '', ...times }));
    }
    const fill = (of: string, size: number) =>
      transact(() =>
        store.attachments.put({
          id: context.newId(),
          workspaceId: of,
          name: 'a',
          mimeType: 'x/y',
          size,
          createdAt: '2026-01-01T00:00:00.000Z',
        }),
      );
    const save = (of: string) => saveAttachment(context, of, { name: 'a', mimeType: 'x/y', bytes: Buffer.from('x') });
    const [first = '', second = ''] = others;
    fill(first, limits.workspaceAttachmentsBytes - 4_096);
    save(first);
    assert.throws(() => save(first), { code: 'payload_too_large', message: /this workspace/ });
    save(second);
    fill(second, limits.workspaceAttachmentsBytes - 4_096);
    for (const each of others.slice(2)) fill(each, limits.workspaceAttachmentsBytes);
    assert.throws(() => save(workspaceId), { code: 'payload_too_large', message: /of the hub/ });
  });

  it('are not kept when what they were sent with is refused', () => {
    const { context, workspaceId } = startTestService();
    const file = { name: 'a', mimeType: 'text/plain', bytes: Buffer.from('x') };
    const large = { ...file, bytes: Buffer.alloc(limits.attachmentBytes + 1) };
    let kept: string[] = [];
    const refuse = (ids: string[]): never => {
      kept = ids;
      throw new Error('refused');
    };
    assert.throws(() => withFiles(context, workspaceId, [file, file], refuse), /refused/);
    assert.equal(kept.length, 2);
    assert.deepEqual(
      kept.map((id) => context.attachmentFiles.read(id)),
      [undefined, undefined],
    );
    assert.throws(() => withFiles(context, workspaceId, [file, large], refuse), { code: 'payload_too_large' });
    assert.deepEqual(context.store.attachments.bytes(workspaceId), { all: 0, own: 0 });
  });
});
