import assert from 'node:assert/strict';
import { answerText, questionText, threadLabel } from '../../../../src/ui/code/threadText.ts';
import { answerOfWords } from '../../../../src/ui/text/answerOfWords.ts';
import { ago, board, english, request } from '../support/fixtures.ts';

describe('a thread in the code', () => {
  it('says who asks, and that the code is no longer what they saw', () => {
    assert.equal(threadLabel(board(), request(), true, english), 'Claude Code asks');
    assert.equal(
      threadLabel(board(), request({ kind: 'review' }), false, english),
      'Claude Code asks for a review · the code has moved or changed',
    );
  });

  it('shows the whole question with its choices, and what the eye can not see', () => {
    const text = questionText(request({ question: 'Rename?\n[x](command:evil)\u202E', choices: ['Yes', 'N\u200Bo'] }), english);
    assert.equal(
      text,
      'Rename?\n[x](command:evil)\\u202E\n\nChoose with the button above, or type one of these or your own answer:\n\n• Yes\n• N\\u200Bo',
    );
    assert.equal(questionText(request({ question: 'Why?' }), english), 'Why?');
    assert.match(questionText(request({ choices: ['a', 'b'], multiple: true }), english), /Choose with the button above/);
  });

  it('shows the answer', () => {
    assert.equal(answerText({ at: ago(1), choices: ['Yes', 'No'], text: 'Both.' }, english), 'Yes, No\n\nBoth.');
    assert.equal(answerText({ at: ago(1), decision: 'sendBack', note: 'Name it.' }, english), 'Sent back\n\nName it.');
    assert.equal(answerText({ at: ago(1), decision: 'approve' }, english), 'Approved');
  });

  it('takes what was written for the choice that it names, and else as words', () => {
    const choices = ['Yes', 'No', 'no '];
    assert.deepEqual(answerOfWords({ choices }, ' yes\n'), { choices: ['Yes'] });
    assert.deepEqual(answerOfWords({ choices }, 'no'), { text: 'no' }, 'two choices read like this');
    assert.deepEqual(answerOfWords({ choices }, 'Yes, but later'), { text: 'Yes, but later' });
    assert.deepEqual(answerOfWords({ choices: [] }, 'Yes'), { text: 'Yes' });
  });
});
