import assert from 'node:assert/strict';
import type { LinkState } from '../../../../src/client/linkState.ts';
import { statusBarModel } from '../../../../src/ui/statusBar/statusBarModel.ts';
import { translatable } from '../../../../src/util/sentence.ts';
import { agent, ago, board, english, now, permission, request } from '../support/fixtures.ts';

const live: LinkState = { kind: 'live' };

describe('statusBarModel', () => {
  it('is calm when nothing waits', () => {
    const model = statusBarModel({ board: board(), link: live, now, l10n: english });
    assert.equal(model.text, '$(agentrq-logo) AgentRQ');
    assert.equal(model.tooltip, 'Nothing needs you. Connected to the hub.');
    assert.equal(model.mood, 'calm');
  });

  it('counts what waits, and a click answers the next', () => {
    const model = statusBarModel({
      board: board({ requests: [request(), request({ id: 'request0002', status: 'answered' })] }),
      link: live,
      now,
      l10n: english,
    });
    assert.equal(model.text, '$(agentrq-logo) AgentRQ 1');
    assert.equal(model.command, 'agentrq.answerNextRequest');
    assert.equal(model.tooltip, 'One request needs you. Connected to the hub.\n• Claude Code asks: Deploy to staging?');
    assert.equal(model.accessibilityLabel, 'One request needs you. Connected to the hub.');
  });

  it('counts the agents that wait in their own window, and says which', () => {
    const waits = agent({ waitsElsewhere: { text: 'May I?', at: ago(1) } });
    const model = statusBarModel({ board: board({ requests: [permission()], agents: [waits] }), link: live, now, l10n: english });
    assert.equal(model.text, '$(agentrq-logo) AgentRQ 2');
    assert.equal(
      model.tooltip,
      'One request needs you. One agent is waiting in its own window. Connected to the hub.\n' +
        '• Claude Code wants to run: npm publish\n• Claude Code is waiting in its own window: May I?',
    );
  });

  it('is pressing once an agent has stood still for two minutes', () => {
    const moodAfter = (seconds: number, waitingFor: string[]): string =>
      statusBarModel({
        board: board({ requests: [request({ createdAt: ago(seconds) })], agents: [agent({ waitingFor })] }),
        link: live,
        now,
        l10n: english,
      }).mood;
    assert.equal(moodAfter(121, ['request0001']), 'pressing');
    assert.equal(moodAfter(100, ['request0001']), 'calm');
    assert.equal(moodAfter(500, []), 'calm');
  });

  it('lists five and counts the rest', () => {
    const requests = Array.from({ length: 7 }, (_, index) => request({ id: `request000${index}` }));
    const lines = statusBarModel({ board: board({ requests }), link: live, now, l10n: english }).tooltip.split('\n');
    assert.equal(lines.length, 7);
    assert.equal(lines[6], '… and 2 more');
  });

  it('shows a failure with its reason, and a click shows the log', () => {
    const model = statusBarModel({
      board: board(),
      link: { kind: 'failed', reason: translatable('Port 41837 is taken.') },
      now,
      l10n: english,
    });
    assert.equal(model.text, '$(error) AgentRQ');
    assert.equal(model.tooltip, 'The hub is not running: Port 41837 is taken.');
    assert.equal(model.command, 'agentrq.showLog');
    assert.equal(model.mood, 'failed');
  });

  it('keeps the number while the connection is away', () => {
    const model = statusBarModel({
      board: board({ requests: [request()] }),
      link: { kind: 'waiting', reason: 'gone', delayMs: 1_000 },
      now,
      l10n: english,
    });
    assert.equal(model.text, '$(debug-disconnect) AgentRQ 1');
  });

  it('turns only while the hub starts', () => {
    assert.equal(statusBarModel({ board: board(), link: { kind: 'starting' }, now, l10n: english }).text, '$(loading~spin) AgentRQ');
    assert.equal(statusBarModel({ board: board(), link: { kind: 'connecting' }, now, l10n: english }).text, '$(debug-disconnect) AgentRQ');
  });
});
