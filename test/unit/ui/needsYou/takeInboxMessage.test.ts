import assert from 'node:assert/strict';
import { parseFromInbox } from '../../../../src/protocol/fromInboxPage.ts';
import { HubError } from '../../../../src/protocol/hubErrors.ts';
import type { Request } from '../../../../src/protocol/model.ts';
import type { ToInbox } from '../../../../src/protocol/toInboxPage.ts';
import { type InboxRequest, takeInboxMessage } from '../../../../src/ui/needsYou/takeInboxMessage.ts';
import { FakeBoardStore } from '../support/fakeBoardStore.ts';
import { FakeHubApi } from '../support/fakeHubApi.ts';
import { FakeRules } from '../support/fakeRules.ts';
import { board, english, permission, request, workspaceId } from '../support/fixtures.ts';

describe('what the page of the inbox asks for', () => {
  const requestId = 'request0001';

  /** Lets the inbox obey; what the hub was asked, what the page was told, and which commands were run. */
  async function obey(order: InboxRequest, refusal?: Error) {
    const answer = () => {
      if (refusal !== undefined) throw refusal;
      return { request: request({ status: 'answered' }) };
    };
    const api = new FakeHubApi({ answerRequest: answer, retractAnswer: answer });
    const [told, ran, opened, answered]: [ToInbox[], unknown[], string[], unknown[]] = [[], [], [], []];
    const note = (what: string) => async (of: string | Request) => void opened.push(`${what} ${typeof of === 'string' ? of : of.id}`);
    const store = new FakeBoardStore(board({ requests: [permission()] }));
    await takeInboxMessage(order, {
      api,
      requestOf: (id) => store.board.requests.get(id),
      rules: new FakeRules(),
      open: {
        link: note('link'),
        place: note('place'),
        about: note('lines of'),
        edit: note('changes of'),
        patch: note('patch'),
        agent: note('window of'),
      },
      send: (each) => told.push(each),
      answered: (asked, draft) => answered.push([asked.id, draft]),
      run: async (...command) => void ran.push(command),
      l10n: english,
    });
    return { calls: api.calls, told, ran, opened, answered };
  }

  it('is an answer, which goes to the hub, and one that is taken back', async () => {
    const { calls, told, answered } = await obey({ type: 'decide', requestId, decision: 'deny', note: 'Not now' });
    assert.deepEqual(calls, [{ name: 'answerRequest', input: { workspaceId, requestId, decision: 'deny', note: 'Not now' } }]);
    assert.deepEqual([told, answered], [[], [[requestId, { decision: 'deny', note: 'Not now' }]]]);
    assert.deepEqual((await obey({ type: 'takeBack', requestId })).calls, [{ name: 'retractAnswer', input: { workspaceId, requestId } }]);
  });

  it('is refused for a request of which the page has no card', async () => {
    const { calls, told } = await obey({ type: 'decide', requestId: 'request0009', decision: 'allow' });
    assert.deepEqual(calls, []);
    assert.deepEqual(
      told.map(({ type }) => type),
      ['unanswered', 'notice'],
    );
  });

  it('is told when it came too late, and its buttons work again', async () => {
    const { told } = await obey({ type: 'decide', requestId, decision: 'allow' }, new HubError('already_answered', 'late'));
    assert.deepEqual(told, [
      { type: 'unanswered', requestId },
      { type: 'notice', level: 'info', text: 'This request was already answered elsewhere. Nothing was sent.' },
    ]);
  });

  it('is one of few commands, none of which the page names', async () => {
    assert.deepEqual((await obey({ type: 'undo' })).ran, [['agentrq.takeBackAnswer']]);
    assert.deepEqual((await obey({ type: 'snooze' })).ran, [['agentrq.snoozeNotifications']]);
    assert.deepEqual((await obey({ type: 'help', with: 'restart' })).ran, [['agentrq.restartHub']]);
    assert.deepEqual((await obey({ type: 'open', requestId })).ran, [['agentrq.openRequest', { requestId }]]);
    assert.deepEqual((await obey({ type: 'dismiss', requestId })).ran, [['agentrq.dismissRequest', { requestId }]]);
    assert.deepEqual((await obey({ type: 'openAbout', requestId })).opened, [`lines of ${requestId}`]);
    for (const given of [
      { type: 'help', with: 'workbench.action.quit' },
      { type: 'command', command: 'agentrq.restartHub' },
      { type: 'open', requestId: '../x' },
      { type: 'decide', requestId, decision: 'allowAll' },
      'ready',
    ])
      assert.equal(parseFromInbox(given), undefined, JSON.stringify(given));
  });
});
