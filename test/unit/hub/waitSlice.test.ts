import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import { waitMsOf, waitSliceOf } from '../../../src/hub/service/waitSlice.ts';
import { maxWaitSeconds } from '../../../src/protocol/limits.ts';

describe('how long a call waits for the user', () => {
  it('is shorter than the time-out of the client that calls', () => {
    const slices = {
      'claude-code': 50,
      'codex-mcp-client': 50,
      'gemini-cli-mcp-client-agentrq': 540,
      'Visual Studio Code': 240,
      'Visual Studio Code Agent Host': 25,
      'copilot-cli': 25,
      'github-copilot-developer': 25,
      'cursor-vscode': 50,
      Cline: 50,
      '@cline/core': 50,
      'Roo Code': 50,
      opencode: 25,
      'some-script': 25,
    };
    for (const [name, seconds] of Object.entries(slices)) assert.equal(waitSliceOf(name, {}, undefined).slice, seconds, name);
  });

  it('is what the config entry of the client promises, and before that what the user set', () => {
    assert.deepEqual(waitSliceOf('claude-code', {}, 3_590), { slice: 3_590, most: 3_590 });
    assert.deepEqual(waitSliceOf('claude-code', { 'claude-code': 10 }, 3_590), { slice: 10, most: 10 });
    assert.deepEqual(waitSliceOf('constructor', {}, undefined), { slice: 25, most: 50 });
  });

  it('is never longer than the client waits, whatever the model asks for, and never longer than an hour', () => {
    fc.assert(
      fc.property(
        fc.string(),
        fc.option(fc.double(), { nil: undefined }),
        fc.option(fc.double({ min: 0, noNaN: true }), { nil: undefined }),
        (name, promised, asked) => {
          const slice = waitSliceOf(name, {}, promised);
          const waitMs = waitMsOf(slice, asked);
          assert.ok(waitMs >= 0 && waitMs <= slice.most * 1_000 && waitMs <= maxWaitSeconds * 1_000, `${waitMs}`);
        },
      ),
    );
  });
});
