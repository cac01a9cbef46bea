import assert from 'node:assert/strict';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { parseScriptArgs } from '../../../src/agents/scriptArgs.ts';

describe('the arguments of a script that an agent starts', () => {
  const workspace = ['--workspace', '0123456789a'];

  it('say which workspace, and where the hub keeps its state', () => {
    const nothing = { agent: undefined, later: false, waits: false, held: false, outlives: false, waitSeconds: undefined };
    const parsed = { workspaceId: '0123456789a', home: '/h', ...nothing };
    assert.deepEqual(parseScriptArgs([...workspace, '--home', '/h'], {}), parsed);
    assert.deepEqual(parseScriptArgs(['--home=/h', '--workspace=0123456789a'], { AGENTRQ_HOME: '/other' }), parsed);
    assert.equal(parseScriptArgs(workspace, { AGENTRQ_HOME: '/other' })?.home, '/other');
    assert.equal(parseScriptArgs(workspace, {})?.home, join(homedir(), '.agentrq'));
  });

  it('may name a dialect, and things that are not known yet', () => {
    assert.equal(parseScriptArgs(['--agent', 'claudeCode', '--newer', 'x', ...workspace], {})?.agent, 'claudeCode');
    assert.equal(parseScriptArgs(['--agent', '../mcp', ...workspace], {})?.agent, undefined);
  });

  it('may say that nobody waits for an event', () => {
    assert.equal(parseScriptArgs(['--later', ...workspace], {})?.later, true);
    assert.equal(parseScriptArgs(['--later=no', ...workspace], {})?.later, false);
  });

  it('may say that the input ends with the starter, and that the event is told without one', () => {
    const { held, outlives } = parseScriptArgs(['--wait', '--held', ...workspace], {}) ?? assert.fail();
    assert.deepEqual([held, outlives], [true, false]);
    assert.equal(parseScriptArgs(['--outlive', ...workspace], {})?.outlives, true);
  });

  it('may say how long a call may wait', () => {
    assert.equal(parseScriptArgs(['--wait-seconds', '3590', ...workspace], {})?.waitSeconds, 3_590);
    for (const wait of ['', '-1', '1e9', 'x', '12345678']) {
      assert.equal(parseScriptArgs([`--wait-seconds=${wait}`, ...workspace], {})?.waitSeconds, undefined, wait);
    }
  });

  it('are refused without a workspace that can be one', () => {
    for (const args of [[], ['--workspace'], ['--workspace', 'short'], ['--workspace', '../45678901'], ['--workspace=0123456789ab']]) {
      assert.equal(parseScriptArgs(args, {}), undefined, args.join(' '));
    }
  });
});
