import assert from 'node:assert/strict';
import fc from 'fast-check';
import { advanceRequest, type RequestStep } from '../../../src/hub/service/requestState.ts';
import { type RequestStatus, requestStatuses } from '../../../src/protocol/model.ts';

const allSteps: RequestStep[] = ['answer', 'retract', 'deliver', 'act', 'expire', 'supersede', 'withdraw'];

/** Every state that a request goes through, given what happens to it; a step that can't happen changes nothing. */
function live(steps: RequestStep[]): RequestStatus[] {
  const states: RequestStatus[] = ['open'];
  for (const step of steps) {
    const last = states.at(-1) ?? 'open';
    states.push(advanceRequest(last, step) ?? last);
  }
  return states;
}

describe('requestState', () => {
  it('leads from open to acted through answered and delivered, and to nowhere else from there', () => {
    assert.deepEqual(live(['answer', 'deliver', 'act']), ['open', 'answered', 'delivered', 'acted']);
    for (const step of allSteps) assert.equal(advanceRequest('acted', step), undefined);
  });

  it('answers once, delivers only what was answered, and never reopens unless the answer is taken back', () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...allSteps.filter((step) => step !== 'retract'))), (steps) => {
        const states = live(steps);
        const entered = (state: RequestStatus) => states.filter((one, index) => one === state && states[index - 1] !== state).length;
        for (const state of requestStatuses) assert.ok(entered(state) <= 1, `${state} twice: ${states.join(' ')}`);
        if (states.includes('delivered')) assert.ok(states.indexOf('answered') < states.indexOf('delivered'));
      }),
    );
  });

  it('takes an answer back before it is delivered, and at no other time', () => {
    assert.deepEqual(live(['answer', 'retract', 'answer', 'deliver']), ['open', 'answered', 'open', 'answered', 'delivered']);
    for (const status of requestStatuses) if (status !== 'answered') assert.equal(advanceRequest(status, 'retract'), undefined);
  });

  it('takes a late answer', () => {
    assert.equal(advanceRequest('expired', 'answer'), 'answered');
  });
});
