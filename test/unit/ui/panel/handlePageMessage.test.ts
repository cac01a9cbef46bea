import assert from 'node:assert/strict';
import { HubError } from '../../../../src/protocol/hubErrors.ts';
import type { Request } from '../../../../src/protocol/model.ts';
import type { ToPage } from '../../../../src/protocol/toPanelPage.ts';
import { handlePageMessage, type PageRequest, type PanelFiles } from '../../../../src/ui/panel/handlePageMessage.ts';
import { createUploads } from '../../../../src/ui/panel/uploads.ts';
import type { RuleOutcome } from '../../../../src/ui/rules/ruleFlow.ts';
import { FakeBoardStore } from '../support/fakeBoardStore.ts';
import { FakeHubApi } from '../support/fakeHubApi.ts';
import { FakeRules } from '../support/fakeRules.ts';
import { board, english, message, permission, request, task, workspaceId } from '../support/fixtures.ts';

describe('what the page asks for', () => {
  /** Lets the panel obey; what the hub was asked, and what the page was told. */
  async function obey(order: PageRequest, over: { outcome?: RuleOutcome; refusal?: Error } = {}) {
    const fail = (): never => {
      throw over.refusal;
    };
    const api = new FakeHubApi({
      replyToTask: () => (over.refusal === undefined ? { task: task(), message: message() } : fail()),
      answerRequest: () => (over.refusal === undefined ? { request: request({ status: 'answered' }) } : fail()),
      retractAnswer: () => (over.refusal === undefined ? { request: request() } : fail()),
    });
    const told: ToPage[] = [];
    const answered: unknown[] = [];
    const opened: string[] = [];
    const open = {
      link: async (address: string) => void opened.push(address),
      place: async (place: string) => void opened.push(place),
      about: async ({ id }: Request) => void opened.push(`lines of ${id}`),
      edit: async ({ id }: Request) => void opened.push(`changes of ${id}`),
      agent: async (id: string) => void opened.push(`window of ${id}`),
      patch: async (patch: string) => void opened.push(patch),
      stop: async () => void opened.push('what is said to the agent'),
    };
    const rules = new FakeRules(over.outcome);
    const note = (what: string) => async (id: string) => void opened.push(`${what} ${id}`);
    const files: PanelFiles = {
      uploads: createUploads({ api, workspaceId, newKey: () => 'key', post: () => true, language: 'en', l10n: english }),
      thread: { show: note('show'), open: note('open'), save: note('save'), missing: async (ids) => ids.slice(1) },
      choose: async () => void opened.push('files'),
    };
    const store = new FakeBoardStore(board({ requests: [permission()] }));
    await handlePageMessage(order, {
      task: task(),
      requestOf: (id) => store.board.requests.get(id),
      api,
      rules,
      open,
      files,
      send: (each) => told.push(each),
      answered: (asked, draft) => answered.push([asked.id, draft]),
      l10n: english,
    });
    return { calls: api.calls, told, opened, answered };
  }
  const requestId = 'request0001';
  const inTask = { workspaceId, requestId };

  it('is a stop, with words that the editor asks for', async () => {
    const { calls, opened } = await obey({ type: 'stop' });
    assert.deepEqual([calls, opened], [[], ['what is said to the agent']]);
  });

  it('is a reply, said once by its key', async () => {
    const { calls, told } = await obey({ type: 'reply', text: 'Go on.', key: 'key00000', answers: null });
    assert.deepEqual(calls, [
      { name: 'replyToTask', input: { workspaceId, taskId: 'task0000001', text: 'Go on.', key: 'key00000', answers: null } },
    ]);
    assert.deepEqual(told, [{ type: 'sent', key: 'key00000' }]);
  });

  it('is the answer to the question that the user has seen it to be, and to no other', async () => {
    const reply = { type: 'reply', text: 'Go on.', key: 'key00000' } as const;
    const { calls, told, answered } = await obey({ ...reply, answers: { requestId } });
    assert.deepEqual(calls, [{ name: 'answerRequest', input: { ...inTask, text: 'Go on.' } }]);
    assert.deepEqual([told, answered], [[{ type: 'sent', key: 'key00000' }], [[requestId, { text: 'Go on.' }]]]);
    const ticked = await obey({ ...reply, answers: { requestId, choices: ['red'] } });
    assert.deepEqual(ticked.calls[0]?.input, { ...inTask, choices: ['red'], text: 'Go on.' });
    const strange = await obey({ ...reply, answers: { requestId: 'elsewhere01' } });
    assert.deepEqual([strange.calls, strange.told.map(({ type }) => type)], [[], ['notice']]);
  });

  it('is a message with files that is the answer as well', async () => {
    const answers = { requestId, choices: ['red'] };
    const { calls } = await obey({ type: 'reply', text: '', key: 'key00000', attachmentIds: ['file0000001'], answers });
    const input = { workspaceId, taskId: 'task0000001', text: '', key: 'key00000', answers, attachmentIds: ['file0000001'] };
    assert.deepEqual(calls, [{ name: 'replyToTask', input }]);
  });

  it('keeps the text of an answer that the hub refuses', async () => {
    const refusal = new HubError('already_answered', 'x');
    const { told } = await obey({ type: 'reply', text: 'Go on.', key: 'key00000', answers: { requestId } }, { refusal });
    assert.deepEqual(
      told.map(({ type }) => type),
      ['notice'],
    );
  });

  it('is a reply with files, and says which of them the hub has lost', async () => {
    const attachmentIds = ['file0000001', 'file0000002'];
    const { calls } = await obey({ type: 'reply', text: '', key: 'key00000', attachmentIds, answers: null });
    assert.deepEqual(calls[0]?.input, { workspaceId, taskId: 'task0000001', text: '', key: 'key00000', answers: null, attachmentIds });
    const refusal = new HubError('attachment_not_found', 'x');
    const { told } = await obey({ type: 'reply', text: '', key: 'key00000', attachmentIds, answers: null }, { refusal });
    assert.deepEqual(told, [
      { type: 'gone', attachmentIds: ['file0000002'] },
      { type: 'notice', level: 'error', text: 'The hub doesn’t have a file of it any more. Nothing was sent.' },
    ]);
  });

  it('is to choose files, and to show, open and save those of the thread', async () => {
    const attachmentId = 'file0000001';
    assert.deepEqual((await obey({ type: 'chooseFiles' })).opened, ['files']);
    for (const [type, what] of [
      ['showPicture', 'show'],
      ['openFile', 'open'],
      ['saveFile', 'save'],
    ] as const)
      assert.deepEqual((await obey({ type, attachmentId })).opened, [`${what} ${attachmentId}`]);
  });

  it('is an answer in choices, in words, or both', async () => {
    const { calls } = await obey({ type: 'answer', requestId, choices: ['A'], text: 'b' });
    assert.deepEqual(calls, [{ name: 'answerRequest', input: { ...inTask, choices: ['A'], text: 'b' } }]);
    assert.deepEqual((await obey({ type: 'answer', requestId, text: 'b' })).calls[0]?.input, { ...inTask, text: 'b' });
  });

  it('is a verdict, with a note if there is one', async () => {
    assert.deepEqual((await obey({ type: 'decide', requestId, decision: 'deny' })).calls[0]?.input, { ...inTask, decision: 'deny' });
    const { calls } = await obey({ type: 'decide', requestId, decision: 'allow', note: 'Once.' });
    assert.deepEqual(calls[0]?.input, { ...inTask, decision: 'allow', note: 'Once.' });
  });

  it('may be the answer to others that ask the same, so who offers that hears of it', async () => {
    const { answered } = await obey({ type: 'decide', requestId, decision: 'deny', note: 'No.' });
    assert.deepEqual(answered, [[requestId, { decision: 'deny', note: 'No.' }]]);
    const refused = await obey({ type: 'decide', requestId, decision: 'deny' }, { refusal: new HubError('already_answered', 'x') });
    assert.deepEqual(refused.answered, []);
    assert.deepEqual((await obey({ type: 'always', requestId })).answered, []);
  });

  it('is a verdict on a review', async () => {
    const { calls } = await obey({ type: 'decide', requestId, decision: 'sendBack', note: 'Tests.' });
    assert.deepEqual(calls[0]?.input, { ...inTask, decision: 'sendBack', note: 'Tests.' });
  });

  it('is a rule, if the user makes one; otherwise nothing is decided', async () => {
    const made = await obey({ type: 'always', requestId }, { outcome: { kind: 'rule', rule: { text: 'Bash:npm *' } } });
    assert.deepEqual(made.calls[0]?.input, { ...inTask, decision: 'allow', rule: { text: 'Bash:npm *' } });
    const once = await obey({ type: 'always', requestId }, { outcome: { kind: 'once' } });
    assert.deepEqual(once.calls[0]?.input, { ...inTask, decision: 'allow' });
    const none = await obey({ type: 'always', requestId });
    assert.deepEqual([none.calls, none.told], [[], [{ type: 'unanswered', requestId }]]);
    const gone = await obey({ type: 'always', requestId: 'request0009' }, { outcome: { kind: 'once' } });
    const notice = { type: 'notice', level: 'info', text: 'This request is not part of this task. Nothing was sent.' };
    assert.deepEqual([gone.calls, gone.told], [[], [{ type: 'unanswered', requestId: 'request0009' }, notice]]);
  });

  it('is to take an answer back', async () => {
    assert.deepEqual((await obey({ type: 'takeBack', requestId })).calls, [{ name: 'retractAnswer', input: inTask }]);
  });

  it('is to open something', async () => {
    assert.deepEqual((await obey({ type: 'openLink', address: 'https://x.example' })).opened, ['https://x.example']);
    assert.deepEqual((await obey({ type: 'openPlace', place: 'a.ts:1' })).opened, ['a.ts:1']);
    assert.deepEqual((await obey({ type: 'openAbout', requestId })).opened, ['lines of request0001']);
    assert.deepEqual((await obey({ type: 'openPatch', patch: '--- a' })).opened, ['--- a']);
  });

  it('may come too late, and then the page says so and its buttons work again', async () => {
    const refusal = new HubError('already_answered', 'Already answered.');
    const { told } = await obey({ type: 'decide', requestId, decision: 'allow' }, { refusal });
    assert.deepEqual(told, [
      { type: 'unanswered', requestId },
      { type: 'notice', level: 'info', text: 'This request was already answered elsewhere. Nothing was sent.' },
    ]);
    const [said] = (
      await obey({ type: 'reply', text: 'x', key: 'key00000', answers: null }, { refusal: new HubError('payload_too_large', 'x') })
    ).told;
    assert.deepEqual(said, { type: 'notice', level: 'error', text: 'That text is too long for the hub. Make it shorter and try again.' });
  });
});
