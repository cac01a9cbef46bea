import assert from 'node:assert/strict';
import { HubError, type HubErrorCode, hubErrors } from '../../../../src/protocol/hubErrors.ts';
import { explainFailure } from '../../../../src/ui/shell/errors.ts';
import type { L10n } from '../../../../src/ui/text/l10n.ts';
import { UserError } from '../../../../src/util/errors.ts';
import { translatable } from '../../../../src/util/sentence.ts';
import { english } from '../support/fixtures.ts';

describe('explainFailure', () => {
  it('takes a late answer for no failure', () => {
    for (const code of ['already_answered', 'request_not_found'] as const) {
      const { level, text, unexpected } = explainFailure(new HubError(code, 'no'), english);
      assert.equal(level, 'info');
      assert.match(text, /answered elsewhere.*Nothing was sent\.$/);
      assert.equal(unexpected, false);
    }
  });

  it('shows a sentence that was written for the user as it is', () => {
    assert.deepEqual(explainFailure(new UserError(translatable('The hub is away. Try again.')), english), {
      level: 'error',
      text: 'The hub is away. Try again.',
      unexpected: false,
    });
  });

  it('knows such a sentence also from a bundle that has a class of its own for it', () => {
    class UserErrorOfAnotherBundle extends Error {
      override readonly name = 'UserError';
      readonly sentence = translatable('Delete it.');
    }
    assert.equal(explainFailure(new UserErrorOfAnotherBundle('Delete it.'), english).text, 'Delete it.');
  });

  it('leads to the log from what nobody expected', () => {
    assert.deepEqual(explainFailure(new TypeError('x is not a function'), english), {
      level: 'error',
      text: 'That did not work: x is not a function. The log has the details.',
      unexpected: true,
    });
    assert.equal(explainFailure(new HubError('internal', 'x'), english).unexpected, true);
  });

  it('is in the language of the user, whatever the hub says no to', () => {
    const marked: L10n = { t: (text, ...args) => `«${text.replace(/\{(\d)\}/g, (_, index) => String(args[Number(index)]))}»` };
    for (const code of Object.keys(hubErrors) as HubErrorCode[]) {
      assert.match(explainFailure(new HubError(code, 'No.'), marked).text, /^«[^«»]*»$/, code);
    }
  });

  it('is in the language of the user in each of its parts', () => {
    const other: L10n = { t: (text, ...args) => `${text.replace(/\{(\d)\}/g, (_, index) => String(args[Number(index)]))}!` };
    const error = new UserError(translatable('{0} can’t be read: {1}.', '/a', translatable('it is empty')));
    assert.equal(error.message, '/a can’t be read: it is empty.');
    assert.equal(explainFailure(error, other).text, '/a can’t be read: it is empty!.!');
  });
});
