import assert from 'node:assert/strict';
import fc from 'fast-check';
import { firstVisibleLine, visibleLine, visibleText } from '../../../../src/ui/text/visibleText.ts';

describe('visibleText', () => {
  it('leaves ordinary text of any language alone', () => {
    for (const text of ['Deploy to staging?', 'größer, naïve, 日本語, עברית, العربية', 'a\tb\nc', ''])
      assert.equal(visibleText(text), text);
  });

  it('leaves emoji whole', () => {
    for (const text of ['❤️', '👩‍👩‍👧‍👦', '👍🏽', '🏳️‍🌈', '1️⃣', '👩🏽‍💻']) assert.equal(visibleText(text), text);
  });

  it('shows what would reorder or hide text', () => {
    assert.equal(visibleText('rm \u202Egnp.a'), 'rm \\u202Egnp.a');
    assert.equal(visibleText('\u2066x\u2069'), '\\u2066x\\u2069');
    assert.equal(visibleText('ze\u200Bro'), 'ze\\u200Bro');
    assert.equal(visibleText('a\u00ADb\uFEFF'), 'a\\u00ADb\\uFEFF');
    assert.equal(visibleText('tag\u{E0041}'), 'tag\\u{E0041}');
    assert.equal(visibleText('\u3164'), '\\u3164');
    assert.equal(visibleText('a\uFE0F'), 'a\\uFE0F');
    assert.equal(visibleText('a\u200Db'), 'a\\u200Db');
  });

  it('shows controls and escape sequences', () => {
    assert.equal(visibleText('\u001B[31mred\u0007'), '\\u001B[31mred\\u0007');
    assert.equal(visibleText('a\u0000b\u009Bc'), 'a\\u0000b\\u009Bc');
    assert.equal(visibleText('\uD800'), '\\uD800');
  });

  it('takes Windows line ends for line ends, and shows a lone carriage return', () => {
    assert.equal(visibleText('a \r\nb'), 'a \nb');
    assert.equal(visibleText('safe\revil'), 'safe\\u000Devil');
  });

  it('lets nothing invisible through, whatever comes', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        assert.doesNotMatch(visibleText(text).replace(/[\n\t\u200D]/g, ''), /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u);
      }),
    );
  });
});

describe('visibleLine', () => {
  it('is one line', () => {
    assert.equal(visibleLine('  two\r\n lines\u2028and\ta tab '), 'two lines and a tab');
  });
});

describe('firstVisibleLine', () => {
  it('is the first line with something on it', () => {
    assert.equal(firstVisibleLine('\n\n  Which one?  \nThere are two.'), 'Which one?');
    assert.equal(firstVisibleLine(' \n '), '');
  });
});
