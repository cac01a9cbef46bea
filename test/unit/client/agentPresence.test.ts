import assert from 'node:assert/strict';
import { agentPresence } from '../../../src/client/agentPresence.ts';
import { agent, at, id } from './samples.ts';

describe('agentPresence', () => {
  const now = Date.parse(at(10));

  it('tells how long ago a connected agent was heard', () => {
    assert.deepEqual(agentPresence(agent({ lastHeardAt: at(7) }), now), { kind: 'connected', seconds: 3 });
  });

  it('tells which request an agent waits for', () => {
    assert.deepEqual(agentPresence(agent({ lastHeardAt: at(0), waitingFor: id(5) }), now), {
      kind: 'waiting',
      requestId: id(5),
      seconds: 10,
    });
  });

  it('takes an agent that is not connected for gone, whatever it waited for', () => {
    assert.deepEqual(agentPresence(agent({ connected: false, lastHeardAt: at(4), waitingFor: id(5) }), now), { kind: 'gone', seconds: 6 });
  });

  it('never hears from the future', () => {
    assert.deepEqual(agentPresence(agent({ lastHeardAt: at(11) }), now), { kind: 'connected', seconds: 0 });
  });
});
