import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { startTestHub, type TestHub } from '../../support/testHub.ts';
import { waitFor } from '../../support/waitFor.ts';
import { type Capability, capabilities, rows } from './matrix.ts';
import { type PlayedAgent, playAgent } from './playedAgent.ts';

// The README's table of agents. Each cell that isn't a “no” has a test of its own here, named after it.

describe('what an agent can do', () => {
  let test: TestHub;
  let agent: PlayedAgent;

  const inWorkspace = () => ({ workspaceId: test.workspaceId });
  const requests = async () => (await test.api.call('getBoard', {})).requests;
  const create = async (title: string) => (await test.api.call('createTask', { ...inWorkspace(), title, body: 'b' })).task.id;

  async function asked(): Promise<string> {
    await waitFor('the request', async () => (await requests()).some(({ status }) => status === 'open'));
    return (await requests()).find(({ status }) => status === 'open')?.id ?? assert.fail();
  }

  const proofs: { readonly [K in Capability]: (row: (typeof rows)[number]) => Promise<void> } = {
    async tasks() {
      const taskId = await create('Release');
      assert.match(
        (await agent.call('getTask')).text,
        new RegExp(`^Next assigned task:\nID: ${taskId}\nTitle: Release\nStatus: notstarted\n`),
      );
      await agent.call('updateTaskStatus', { taskId, status: 'ongoing' });
      assert.equal((await agent.call('reply', { chatId: taskId, text: 'On it.' })).text, 'reply sent');
      await agent.call('updateTaskStatus', { taskId, status: 'completed' });
      const { task, messages } = await test.api.call('getTask', { ...inWorkspace(), taskId });
      assert.equal(task.status, 'completed');
      assert.ok(messages.some(({ text }) => text === 'On it.'));
    },

    async question() {
      const asking = agent.call('askHuman', { question: 'Where?', choices: ['Staging', 'Production'] });
      await test.api.call('answerRequest', { ...inWorkspace(), requestId: await asked(), choices: ['Staging'] });
      assert.match((await asking).text, /^The user answered: Staging\n/);
      await agent.call('getWorkspace');
      assert.equal((await requests())[0]?.status, 'delivered');
    },

    async permission({ wire }) {
      if (wire.hooks === undefined) {
        const notification = { request_id: 'abcde', tool_name: 'Bash', description: 'Publish', input_preview: '{"command":"npm publish"}' };
        await agent.notify('notifications/claude/channel/permission_request', notification);
        await test.api.call('answerRequest', { ...inWorkspace(), requestId: await asked(), decision: 'allow' });
        await waitFor('the verdict', () =>
          agent.pushed().some(({ method, params }) => {
            return method === 'notifications/claude/channel/permission' && params?.['behavior'] === 'allow';
          }),
        );
        return;
      }
      for (const [decision, verdict] of [
        ['allow', /"behavior":"allow"/],
        ['deny', /"behavior":"deny","message":"Not today\."/],
      ] as const) {
        const waiting = agent.hook(wire.hooks.permission ?? {});
        const note = decision === 'deny' ? { note: 'Not today.' } : {};
        await test.api.call('answerRequest', { ...inWorkspace(), requestId: await asked(), decision, ...note });
        assert.match(JSON.stringify(await waiting), verdict);
      }
    },

    async 'unread messages'({ wire }) {
      const taskId = await create('Release');
      await agent.call('updateTaskStatus', { taskId, status: 'ongoing' });
      await test.api.call('replyToTask', { ...inWorkspace(), taskId, text: 'Use tabs.' });
      if (isGateway(wire.client)) await waitFor('the push', () => contents().some((content) => content.endsWith('Use tabs.')));
      else assert.match((await agent.call('getWorkspace')).texts[1] ?? '', /Use tabs\./);
      await agent.call('getWorkspace');
      const { messages } = await test.api.call('getTask', { ...inWorkspace(), taskId });
      assert.equal(messages.find(({ sender }) => sender === 'human')?.delivery, 'delivered');
    },

    async 'stop hook'({ wire }) {
      const taskId = await create('Release');
      await agent.call('updateTaskStatus', { taskId, status: 'ongoing' });
      assert.doesNotMatch(JSON.stringify(await agent.hook(wire.hooks?.stop ?? {})), /tabs/, 'nothing keeps it');
      await test.api.call('replyToTask', { ...inWorkspace(), taskId, text: 'Use tabs.' });
      assert.match(JSON.stringify(await agent.hook(wire.hooks?.stop ?? {})), /Use tabs\./);
      assert.doesNotMatch(JSON.stringify(await agent.hook(wire.hooks?.stop ?? {})), /tabs/, 'it is kept once');
    },

    async channel() {
      const taskId = await create('Release');
      await agent.call('updateTaskStatus', { taskId, status: 'ongoing' });
      await test.api.call('replyToTask', { ...inWorkspace(), taskId, text: 'Use tabs.' });
      await waitFor('the push', () => contents().includes(`[Reply to task ${taskId}] Use tabs.`));
    },
  };

  const contents = (): string[] =>
    agent.pushed().map(({ method, params }) => (method === 'notifications/claude/channel' ? String(params?.['content']) : ''));
  const isGateway = (client: string): boolean => client.endsWith('-gateway');

  for (const row of rows) {
    for (const capability of capabilities) {
      if (row.cells[capability] === 'no') continue;
      it(`${row.agent}: ${capability}`, async () => {
        test = await startTestHub();
        // Channels are for sessions: Claude Code gets one by the bridge.
        const wire = capability === 'channel' ? { ...row.wire, revision: '2025-11-25' as const } : row.wire;
        agent = await playAgent(test, wire);
        try {
          await proofs[capability](row);
        } finally {
          await agent.close();
          await test.dispose();
        }
      });
    }
  }

  it('is in the README, cell by cell', () => {
    const readme = readFileSync(new URL('../../../README.md', import.meta.url), 'utf8');
    const after = readme.split('<!-- agent matrix')[1] ?? assert.fail('the README has no table of agents');
    const cells = (line: string): string[] =>
      line
        .split('|')
        .slice(1, -1)
        .map((cell) => cell.trim());
    const [header = [], , ...table] = (after.split('<!-- /agent matrix')[0] ?? '')
      .split('\n')
      .filter((line) => line.startsWith('|'))
      .map(cells);
    const indices = ['agent', ...capabilities].map((name) => header.findIndex((heading) => heading.toLowerCase() === name));
    assert.deepEqual(
      table.map((line) => indices.map((index) => line[index])),
      rows.map((row) => [row.agent, ...capabilities.map((capability) => row.cells[capability])]),
    );
    const notes = rows.flatMap((row) => Object.values(row.cells)).flatMap((cell) => /\[(\d+)\]/.exec(cell)?.[1] ?? []);
    for (const note of new Set(notes)) assert.match(after, new RegExp(`^\\[${note}\\] `, 'm'), `note ${note} is below the table`);
  });
});
