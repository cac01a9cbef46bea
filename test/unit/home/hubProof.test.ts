import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import { agentToken } from '../../../src/home/agentToken.ts';
import { type Challenge, isProofOfHub, noncePattern, proofOfHub } from '../../../src/home/hubProof.ts';

const nonce = fc.stringMatching(/^[0-9a-f]{32}$/);
const port = fc.integer({ min: 1, max: 65_535 });
const challenge: fc.Arbitrary<Challenge> = fc.record({ nonce, hubPort: port, clientPort: port });
const secret = fc.stringMatching(/^[\w-]{43}$/);

describe('the proof of a hub', () => {
  it('is the same only for the same secret, nonce and connection', () => {
    fc.assert(
      fc.property(secret, secret, challenge, challenge, (one, other, mine, theirs) => {
        const isSame = one === other && JSON.stringify(mine) === JSON.stringify(theirs);
        assert.equal(isProofOfHub(proofOfHub(other, theirs), one, mine), isSame);
        assert.equal(isProofOfHub(proofOfHub(one, mine), one, mine), true);
      }),
    );
  });

  it('holds for one port: moved to the next it is none', () => {
    fc.assert(
      fc.property(secret, challenge, (one, mine) => {
        const proof = proofOfHub(one, mine);
        assert.equal(isProofOfHub(proof, one, { ...mine, hubPort: mine.hubPort + 1 }), false);
        assert.equal(isProofOfHub(proof, one, { ...mine, clientPort: mine.clientPort + 1 }), false);
      }),
    );
  });

  it('is nothing else that the secret makes, and tells nothing of it', () => {
    fc.assert(
      fc.property(secret, challenge, (one, mine) => {
        const proof = proofOfHub(one, mine);
        assert.match(proof, /^[\w-]{43}$/);
        assert.ok(!agentToken(one, '0123456789a', 1).includes(proof));
        assert.ok(!proof.includes(one.slice(0, 20)));
      }),
    );
  });

  it('is no text that was made up, and nothing that is no text', () => {
    const mine = { nonce: '0'.repeat(32), hubPort: 1, clientPort: 2 };
    for (const given of ['', 'x', 'x'.repeat(43), 'ä'.repeat(43), undefined, null, 1, [], {}, proofOfHub('s', mine).toUpperCase()]) {
      assert.equal(isProofOfHub(given, 's', mine), false, JSON.stringify(given));
    }
  });

  it('answers 32 hex digits and no other nonce', () => {
    for (const text of ['', '0'.repeat(31), '0'.repeat(33), 'G'.repeat(32), 'A'.repeat(32), `${'0'.repeat(32)}\n`, ` ${'0'.repeat(31)}`]) {
      assert.equal(noncePattern.test(text), false, JSON.stringify(text));
    }
    assert.ok(noncePattern.test('0123456789abcdef'.repeat(2)));
  });
});
