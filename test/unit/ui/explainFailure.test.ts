import assert from 'node:assert/strict';
import { HubError } from '../../../src/protocol/hubErrors.ts';
import { explainFailure } from '../../../src/ui/explainFailure.ts';
import { UserError } from '../../../src/util/errors.ts';
import { english } from './fixtures.ts';

describe('explainFailure', () => {
  it('takes a late answer for no failure', () => {
    for (const code of ['already_answered', 'request_not_found'] as const) {
      const { level, text, unexpected } = explainFailure(new HubError(code, 'no'), english);
      assert.equal(level, 'info');
      assert.match(text, /answered elsewhere.*Nothing was sent\.$/);
      assert.equal(unexpected, false);
    }
  });

  it('shows a sentence that was written for the person as it is', () => {
    assert.deepEqual(explainFailure(new UserError('The hub is away. Try again.'), english), {
      level: 'error',
      text: 'The hub is away. Try again.',
      unexpected: false,
    });
  });

  it('knows such a sentence also from a bundle that has a class of its own for it', () => {
    class UserErrorOfAnotherBundle extends Error {
      override readonly name = 'UserError';
    }
    assert.equal(explainFailure(new UserErrorOfAnotherBundle('Delete it.'), english).text, 'Delete it.');
  });

  it('leads to the log from what nobody expected', () => {
    assert.deepEqual(explainFailure(new TypeError('x is not a function'), english), {
      level: 'error',
      text: 'That did not work: x is not a function. The log has the details.',
      unexpected: true,
    });
    assert.equal(
      explainFailure(new HubError('wrong_role', 'Agents cannot do that.'), english).text,
      'The hub said no: Agents cannot do that.',
    );
  });
});
