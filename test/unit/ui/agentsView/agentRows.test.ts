import assert from 'node:assert/strict';
import { agentRows } from '../../../../src/ui/agentsView/agentRows.ts';
import { agent, ago, board, english, now, permission, request, task } from '../support/fixtures.ts';

describe('agentRows', () => {
  it('says in words how each agent is there, those that wait first', () => {
    const agents = [
      agent({ id: 'agent000001', connected: false, name: 'codex-mcp-client', version: '0.169.0' }),
      agent({ id: 'agent000002', name: 'gemini-cli-mcp-client-x' }),
      agent({ id: 'agent000003', waitingFor: ['request0001'] }),
    ];
    const rows = agentRows(board({ agents, requests: [request()] }), now, english);
    assert.deepEqual(
      rows.map((row) => [row.label, row.description]),
      [
        ['Claude Code', 'waiting for you 3 min'],
        ['Gemini CLI', 'connected, active 20 s ago'],
        ['Codex', 'last active 20 s ago'],
      ],
    );
    assert.equal(rows[0]?.accessibilityLabel, 'Waits for you: agent Claude Code, waiting for you 3 min.');
    assert.deepEqual(rows[0]?.target, { workspaceId: 'workspace01', ofAgent: 'agent000003', requestId: 'request0001' });
  });

  it('says for how many answers an agent waits, and leads to the one that is needed most', () => {
    const requests = [
      request(),
      permission({}, { id: 'request0002', createdAt: ago(60) }),
      request({ id: 'request0003', status: 'answered' }),
    ];
    const waiting = agent({ waitingFor: ['request0001', 'request0002', 'request0003'] });
    const [row] = agentRows(board({ agents: [waiting], requests }), now, english);
    assert.equal(row?.description, 'waiting for 2 answers 3 min');
    assert.equal(row?.target?.requestId, 'request0002');
  });

  it('tells agents of one workspace apart that would read the same, by the names that they give themselves', () => {
    const twins = [agent({ id: 'agent000001' }), agent({ id: 'agent000002', name: 'claude-code-acp' })];
    const labels = (...agents: ReturnType<typeof agent>[]): (string | undefined)[] =>
      agentRows(board({ agents }), now, english).map(({ label }) => label);
    assert.deepEqual(labels(...twins), ['Claude Code (claude-code-acp)', 'Claude Code (claude-code)']);
    assert.deepEqual(labels(...twins, agent({ id: 'agent000003', name: 'codex' }))[0], 'Codex');
    const [first, second] = twins;
    assert.ok(first !== undefined && second !== undefined);
    assert.deepEqual(labels(first, { ...second, workspaceId: 'workspace02' }), ['Claude Code', 'Claude Code']);
    assert.deepEqual(labels(first, { ...second, removedAt: ago(60) }), ['Claude Code']);
  });

  it('leaves out an agent that the user has removed, and says which may be removed', () => {
    const agents = [
      agent({ id: 'agent000001', removedAt: ago(60), connected: false }),
      agent({ id: 'agent000002', name: 'codex', connected: false }),
      agent({ id: 'agent000003', name: 'gemini-cli' }),
    ];
    assert.deepEqual(
      agentRows(board({ agents }), now, english, () => true).map(({ label, contextValue }) => [label, contextValue]),
      [
        ['Gemini CLI', 'agent:connected:muted'],
        ['Codex', 'agent:recent:muted:away'],
      ],
    );
  });

  it('does not say waiting when the request is answered', () => {
    const rows = agentRows(
      board({ agents: [agent({ waitingFor: ['request0001'] })], requests: [request({ status: 'answered' })] }),
      now,
      english,
    );
    assert.equal(rows[0]?.description, 'connected, active 20 s ago');
  });

  it('says what an agent works on: what it has taken last, while it is there', () => {
    const tasks = [
      task({ id: 'task0000001', agentId: 'agent000001', title: 'Earlier', updatedAt: ago(60) }),
      task({ id: 'task0000002', agentId: 'agent000001', updatedAt: ago(30) }),
      task({ id: 'task0000003', agentId: 'agent000001', title: 'Done', status: 'completed', updatedAt: ago(10) }),
    ];
    const [row] = agentRows(board({ tasks }), now, english);
    assert.equal(row?.description, 'working on “Fix the login” · active 20 s ago');
    assert.equal(row?.accessibilityLabel, 'Agent Claude Code, working on “Fix the login” · active 20 s ago.');
    assert.deepEqual(
      [row?.click, row?.target],
      ['agentrq.openTask', { workspaceId: 'workspace01', ofAgent: 'agent000001', taskId: 'task0000002' }],
    );
    const [quiet] = agentRows(board({ tasks, agents: [agent({ connected: false })] }), now, english);
    assert.equal(quiet?.description, 'last active 20 s ago');
    const [gone] = agentRows(board({ tasks, agents: [agent({ connected: false, lastHeardAt: ago(660) })] }), now, english);
    assert.equal(gone?.description, 'offline, last active 11 min ago');
  });

  it('says that something is refused, as long as that goes on, and leads to connecting it', () => {
    const told = (at: string) => agentRows({ ...board({ agents: [] }), refused: { count: 3, at } }, now, english);
    const [row] = told(ago(60));
    assert.deepEqual(
      [row?.label, row?.description, row?.click],
      ['Something tries to connect with an unknown token', '1 min ago', 'agentrq.connectAgent'],
    );
    assert.deepEqual(told(ago(601)), []);
    assert.deepEqual(agentRows(board({ agents: [] }), now, english), []);
  });

  it('says which agents are muted', () => {
    const agents = [agent({ id: 'agent000001', name: 'codex-mcp-client' }), agent({ id: 'agent000002' })];
    const rows = agentRows(board({ agents }), now, english, (name) => name === 'codex-mcp-client');
    assert.deepEqual(
      rows.map(({ description, contextValue }) => [description, contextValue]),
      [
        ['connected, active 20 s ago', 'agent:connected'],
        ['connected, active 20 s ago · muted', 'agent:connected:muted'],
      ],
    );
  });

  it('says that an agent waits in its own window, and for what', () => {
    const agents = [agent({ id: 'agent000001' }), agent({ id: 'agent000002', waitsElsewhere: { text: 'Bash:\nnpm\u202E', at: ago(180) } })];
    const [row] = agentRows(board({ agents }), now, english);
    assert.equal(row?.id, 'agent:agent000002');
    assert.equal(row?.description, 'waiting in its own window: Bash: npm\\u202E · 3 min');
    assert.equal(row?.contextValue, 'agent:elsewhere');
    assert.match(row?.accessibilityLabel ?? '', /^Waits for you: agent Claude Code/);
    assert.match(row?.tooltip ?? '', /last active 20 s ago/);
  });

  it('prefers the name that the agent gives itself, and shows nothing hidden in it', () => {
    const rows = agentRows(board({ agents: [agent({ title: 'My\u202EAgent', version: '1\n2', lastHeardAt: ago(1) })] }), now, english);
    assert.equal(rows[0]?.label, 'Agent “My\\u202EAgent”');
  });
});
