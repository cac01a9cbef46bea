import assert from 'node:assert/strict';
import { agentPresence } from '../../../src/client/agentPresence.ts';
import { agent, at, id } from './samples.ts';

describe('agentPresence', () => {
  const now = Date.parse(at(10));

  it('tells how long ago a connected agent was heard', () => {
    assert.deepEqual(agentPresence(agent({ lastHeardAt: at(7) }), now), { kind: 'connected', seconds: 3 });
  });

  it('tells which requests an agent waits for', () => {
    assert.deepEqual(agentPresence(agent({ lastHeardAt: at(0), waitingFor: [id(5)] }), now), {
      kind: 'waiting',
      requestIds: [id(5)],
      seconds: 10,
    });
  });

  it('takes an agent that is not connected for quiet at first, and then for gone, whatever it waited for', () => {
    const left = agent({ connected: false, lastHeardAt: at(4), waitingFor: [id(5)] });
    assert.deepEqual(agentPresence(left, now), { kind: 'recent', seconds: 6 });
    assert.deepEqual(agentPresence(left, now + 593_000), { kind: 'recent', seconds: 599 });
    assert.deepEqual(agentPresence(left, now + 594_000), { kind: 'disconnected', seconds: 600 });
  });

  it('never hears from the future', () => {
    assert.deepEqual(agentPresence(agent({ lastHeardAt: at(11) }), now), { kind: 'connected', seconds: 0 });
  });
});
