import assert from 'node:assert/strict';
import { exampleLine, ruleSentence } from '../../../src/ui/ruleWords.ts';
import { english } from './fixtures.ts';

describe('ruleSentence', () => {
  it('says what a rule allows', () => {
    assert.equal(ruleSentence('Edit', english), 'Every use of Edit is allowed, whatever it is to do.');
    assert.equal(ruleSentence('Bash:npm publish', english), 'In Bash, exactly this is allowed: npm publish');
    assert.equal(
      ruleSentence('Bash:npm *', english),
      'In Bash, what fits this is allowed: npm *\nThe * at the end stands for anything that follows.',
    );
    assert.equal(
      ruleSentence('Bash:ls a*', english),
      'In Bash, what fits this is allowed: ls a*\nA * stands for any characters of a word.',
    );
  });
});

describe('exampleLine', () => {
  it('shows an example as requests are shown', () => {
    assert.equal(exampleLine('Bash: {"command":"npm\\u202E test"}'), 'Bash: npm\\u202E test');
    assert.equal(exampleLine('Bash: npm test'), 'Bash: npm test');
    assert.equal(exampleLine('Bash: {"command":"npm t…'), 'Bash: {"command":"npm t…');
  });
});
