import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import MarkdownIt from 'markdown-it';
import { answerText, choiceLinks, questionText, threadLabel } from '../../../../src/ui/code/threadText.ts';
import { answerOfWords } from '../../../../src/ui/text/answerOfWords.ts';
import { runs } from '../../../support/generated.ts';
import { ago, board, english, request } from '../support/fixtures.ts';

const markdown = new MarkdownIt({ html: true, linkify: true });
markdown.validateLink = () => true;
/** Names of choices that would be more than names. */
const hostile = fc
  .array(
    fc.oneof(
      fc.constantFrom(
        '](command:evil)',
        '[x](command:agentrq.stopTask)',
        '![y](https://evil.example/y.png)',
        '<img src=x>',
        'https://evil.example',
      ),
      fc.constantFrom('`', '\\', '\n\n', '&#93;', '](', ')', '|', '# ', '- ', '1. ', '***', '~~', 'www.evil.example', 'a'),
      fc.string({ maxLength: 4 }),
    ),
    { minLength: 1, maxLength: 5 },
  )
  .map((parts) => `x${parts.join('')}`);

describe('a thread in the code', () => {
  it('says who asks, and that the code is no longer what they saw', () => {
    assert.equal(threadLabel(board(), request(), true, english), 'Claude Code asks');
    assert.equal(
      threadLabel(board(), request({ kind: 'review' }), false, english),
      'Claude Code asks for a review · the code has moved or changed',
    );
  });

  it('shows the whole question with its choices, and what the eye can not see', () => {
    const question = '**Rename**?\n[x](command:evil)\u202E';
    assert.equal(questionText(request({ question, choices: ['Yes', 'No'] }), english), 'Rename?\nx (command:evil)\\u202E');
    assert.equal(
      questionText(request({ question, choices: ['Yes', 'N\u200Bo'], multiple: true }), english),
      'Rename?\nx (command:evil)\\u202E\n\nChoose with the button above, or type your own answer:\n\n• Yes\n• N\\u200Bo',
    );
    assert.equal(questionText(request({ question: 'Why?' }), english), 'Why?');
    assert.match(questionText(request({ choices: ['a', 'b'], multiple: true }), english), /Choose with the button above/);
  });

  it('has a link for each choice, which is our command and nothing else, whatever the agent calls it', () => {
    const link = (index: number): string => `(command:agentrq.chooseInCode?%5B%22request0001%22%2C${index}%5D)`;
    assert.equal(choiceLinks(request({ choices: ['Yes', 'No, later'] })), `- [Yes]${link(0)}\n- [No&#44; later]${link(1)}`);
    fc.assert(
      fc.property(fc.array(hostile, { minLength: 1, maxLength: 4 }), (choices) => {
        const rendered = markdown.render(choiceLinks(request({ choices })));
        assert.deepEqual(
          [...rendered.matchAll(/href="([^"]*)"/g)].map(([, address]) => `(${address})`),
          choices.map((_, index) => link(index)),
        );
        assert.equal(/<(?!\/?(?:ul|li|a)\b)/.test(rendered), false, rendered);
      }),
      { numRuns: runs(300) },
    );
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
