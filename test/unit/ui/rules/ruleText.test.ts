import assert from 'node:assert/strict';
import type { RuleReach } from '../../../../src/protocol/operations.ts';
import { exampleLine, ruleSentence } from '../../../../src/ui/rules/ruleText.ts';
import { english } from '../support/fixtures.ts';

describe('ruleSentence', () => {
  const sentence = (text: string, reach: RuleReach, unchecked = false) => ruleSentence({ text, reach, unchecked }, english);

  it('says what a rule allows', () => {
    assert.equal(sentence('mcp__x__y', 'tool'), 'Every use of mcp__x__y is allowed, whatever it is to do.');
    assert.equal(sentence('Bash:npm publish', 'exact'), 'In Bash, exactly this is allowed: npm publish');
    assert.equal(
      sentence('Bash:git log *', 'reading'),
      'In Bash, git log is allowed with all arguments with which it only reads in this workspace. Anything else is asked.',
    );
    assert.equal(
      sentence('Edit:src/**', 'files'),
      'With Edit, files of this workspace that fit src/** are allowed. Files that configure programs or agents are asked.',
    );
    assert.match(sentence('Edit', 'files'), /files of this workspace that fit \*\* are allowed/);
  });

  it('says of what is not checked that it may do anything, and what is left of it without that', () => {
    assert.equal(
      sentence('Bash:npm *', 'unchecked', true),
      `In Bash, what fits this is allowed: npm *
The * at the end stands for anything that follows.
Unchecked: it may change and delete files, start other programs and reach the network.`,
    );
    assert.match(sentence('Bash:ls a*', 'unchecked', true), /\nA \* stands for any characters of a word\.\n/);
    assert.match(sentence('Bash', 'unchecked', true), /^Every use of Bash is allowed, whatever it is to do\.\nUnchecked/);
    assert.match(sentence('Bash:git log *', 'reading', true), /Unchecked/);
    assert.match(sentence('Bash:npm *', 'unchecked'), /commands are allowed that are known to only read/);
    assert.match(sentence('Bash', 'unchecked'), /of what fits \*, commands are allowed/);
  });
});

describe('exampleLine', () => {
  it('shows an example as requests are shown', () => {
    assert.equal(exampleLine('Bash: {"command":"npm\\u202E test"}'), 'Bash: npm\\u202E test');
    assert.equal(exampleLine('Bash: npm test'), 'Bash: npm test');
    assert.equal(exampleLine('Bash: {"command":"npm t…'), 'Bash: {"command":"npm t…');
  });
});
