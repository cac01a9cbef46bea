import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import { portsToTry } from '../../../../src/hub/http/portsToTry.ts';

const port = fc.integer({ min: 1, max: 65_535 });
const usual = portsToTry(undefined, undefined);

describe('the ports that a hub tries', () => {
  it('are ten, outside those that systems give to outgoing connections, and none that Kubernetes hands out', () => {
    assert.equal(new Set(usual).size, 10);
    for (const each of usual) assert.ok(each > 10_000 && each < 30_000, String(each));
  });

  it('are the one that the user has set, and no other', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 65_535 }), fc.option(port, { nil: undefined }), (wanted, last) => {
        assert.deepEqual(portsToTry(wanted, last), [wanted]);
      }),
    );
  });

  it('begin where the hub was, if that is one of the usual ones, and are always the same ten', () => {
    fc.assert(
      fc.property(fc.oneof(fc.constantFrom(...usual), port), (last) => {
        const ports = portsToTry(undefined, last);
        assert.deepEqual(
          ports.toSorted((a, b) => a - b),
          usual,
        );
        assert.equal(ports[0], usual.includes(last) ? last : usual[0]);
      }),
    );
  });
});
