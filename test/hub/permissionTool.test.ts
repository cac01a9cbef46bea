import assert from 'node:assert/strict';
import type { Request } from '../../src/protocol/model.ts';
import { connectAgent, eras, type TestAgent } from '../support/testAgent.ts';
import { startTestHub, type TestHub } from '../support/testHub.ts';
import { waitFor } from '../support/waitFor.ts';

// The door for hosts with a permission prompt tool (`--permission-prompt-tool` of Claude Code): a call that waits for the verdict.

for (const era of eras) {
  describe(`a permission prompt tool in the ${era} era`, () => {
    let test: TestHub;
    let agent: TestAgent;

    beforeEach(async () => {
      test = await startTestHub();
      agent = await connectAgent(era, test.agentAddress(), 'claude-code');
    });

    afterEach(async () => {
      await agent.close();
      await test.dispose();
    });

    const board = () => test.api.call('getBoard', {});
    const inWorkspace = () => ({ workspaceId: test.workspaceId });
    const use = (command: string, id?: string) => ({
      tool_name: 'Bash',
      input: { command, description: 'x' },
      ...(id !== undefined && { tool_use_id: id }),
    });
    const decide = (
      request: Request,
      decision: 'allow' | 'deny',
      more: { note?: string; rule?: { text: string; unchecked?: boolean } } = {},
    ) => test.api.call('answerRequest', { ...inWorkspace(), requestId: request.id, decision, ...more });

    async function asked(): Promise<Request> {
      await waitFor('the permission to be on the board', async () => (await board()).requests.some(({ status }) => status === 'open'));
      return (await board()).requests.find(({ status }) => status === 'open') ?? assert.fail();
    }

    it('gets “allow” with the very input that was shown, whole', async () => {
      const command = `echo ${'x'.repeat(60_000)}; rm -rf ~`;
      const asking = agent.call('requestPermission', use(command, 'toolu_1'));
      const request = await asked();
      assert.deepEqual(
        [request.kind, request.permission?.tool, JSON.parse(request.permission?.input ?? '')],
        ['permission', 'Bash', { command, description: 'x' }],
      );
      await decide(request, 'allow');
      const { texts } = await asking;
      assert.equal(texts.length, 1, 'hosts read one text');
      assert.deepEqual(JSON.parse(texts[0] ?? ''), { behavior: 'allow', updatedInput: { command, description: 'x' } });
    });

    it('gets “deny” with the note', async () => {
      const asking = agent.call('requestPermission', use('npm publish'));
      await decide(await asked(), 'deny', { note: 'Not before the tests pass.' });
      assert.deepEqual(JSON.parse((await asking).text), { behavior: 'deny', message: 'Not before the tests pass.' });
    });

    it('tells a note on an allow with its next result, and counts as delivered only then', async () => {
      const { task } = await test.api.call('createTask', { ...inWorkspace(), title: 'T' });
      await agent.call('updateTaskStatus', { taskId: task.id, status: 'ongoing' });
      const asking = agent.call('requestPermission', use('npm publish', 'toolu_4'));
      const { id } = await asked();
      const status = async () => (await board()).requests.find((request) => request.id === id)?.status;
      await decide(await asked(), 'allow', { note: 'But as a beta.' });
      assert.deepEqual(JSON.parse((await asking).text), { behavior: 'allow', updatedInput: use('npm publish').input });
      const { texts } = await agent.call('getWorkspace');
      assert.match(texts[1] ?? '', /The user has allowed what you asked for: Bash, .*npm publish.*\nTheir note: But as a beta\./);
      assert.equal(await status(), 'answered');
      assert.equal((await agent.call('getWorkspace')).texts.length, 1, 'once');
      assert.equal(await status(), 'delivered');
    });

    it('is open as long as one of two calls for the same use waits', async () => {
      const giveUp = new AbortController();
      const first = agent.call('requestPermission', use('git push', 'toolu_5'), { signal: giveUp.signal });
      const { id } = await asked();
      const second = agent.call('requestPermission', use('git push', 'toolu_5'));
      await waitFor('both to wait', async () => (await asked()).permission?.uses === 2);
      giveUp.abort();
      await assert.rejects(first);
      await waitFor('one to wait', async () => (await asked()).permission?.uses === undefined);
      await decide(await asked(), 'allow');
      assert.match((await second).text, /"allow"/);
      assert.equal((await board()).requests.find((request) => request.id === id)?.status, 'answered');
    });

    it('waits for any number of verdicts at once, and the board says for which', async () => {
      const calls = ['a', 'b', 'c'].map((command) => agent.call('requestPermission', use(command)));
      await waitFor('all to be asked', async () => (await board()).requests.length === 3);
      const waitingFor = async () => (await board()).agents.find(({ name }) => name === 'claude-code')?.waitingFor;
      const ids = (await board()).requests.map((request) => request.id);
      assert.deepEqual((await waitingFor())?.toSorted(), ids.toSorted());
      const [first, ...others] = (await board()).requests;
      await decide(first ?? assert.fail(), 'deny');
      await waitFor('two to be left', async () => (await waitingFor())?.length === 2);
      for (const request of others) await decide(request, 'deny');
      await Promise.all(calls);
      assert.equal(await waitingFor(), undefined);
    });

    it('answers no question of the agent’s own', async () => {
      const { isError, text } = await agent.call('requestPermission', { tool_name: 'AskUserQuestion', input: { questions: [] } });
      assert.deepEqual([isError, (await board()).requests], [true, []]);
      assert.match(text, /askHuman/);
    });

    it('finds the same request when it asks for the same use again, and its answer', async () => {
      const giveUp = new AbortController();
      const first = agent.call('requestPermission', use('git push', 'toolu_2'), { signal: giveUp.signal });
      const { id } = await asked();
      giveUp.abort();
      await assert.rejects(first);
      await waitFor('the request to be given up', async () => (await board()).requests.length === 0);
      const second = agent.call('requestPermission', use('git push', 'toolu_2'));
      const again = await asked();
      assert.equal(again.id, id);
      await decide(again, 'allow');
      assert.match((await second).text, /"allow"/);
    });

    it('leaves the decision to the host when it gives up; a late answer counts once, and reaches the agent in words', async () => {
      const giveUp = new AbortController();
      const asking = agent.call('requestPermission', use('git push', 'toolu_3'), { signal: giveUp.signal });
      const request = await asked();
      giveUp.abort();
      await assert.rejects(asking);
      await waitFor('the request to be given up', async () => (await board()).requests.length === 0);
      await decide(request, 'deny', { note: 'Wait for me.' });
      await assert.rejects(decide(request, 'allow'), /answered already/);
      const { texts } = await agent.call('getWorkspace');
      assert.match(
        texts[1] ?? '',
        /^Answers from the user \(1\):\nThe user has denied what you asked for: Bash, .*\nTheir note: Wait for me\./,
      );
      assert.equal((await agent.call('getWorkspace')).texts.length, 1, 'once');
    });

    it('is not asked about what a rule allows, and a rule allows no more than it says', async () => {
      const asking = agent.call('requestPermission', use('git log --oneline'));
      const request = await asked();
      const { proposals } = await test.api.call('proposeRules', { ...inWorkspace(), requestId: request.id });
      assert.deepEqual(
        proposals.map(({ text }) => text),
        ['Bash:git log --oneline'],
      );
      // This door doesn't say where a command runs, so only the pattern counts.
      await decide(request, 'allow', { rule: { text: 'Bash:git log *', unchecked: true } });
      await asking;
      assert.deepEqual(
        (await board()).rules.map(({ text }) => text),
        ['Bash:git log *'],
      );

      assert.match((await agent.call('requestPermission', use('git log -3'))).text, /"allow"/);
      for (const command of ['git push', 'git log $(rm x)', 'git log > x', 'git log -3 & rm x', 'git log -3\nrm x', 'git log `rm x`']) {
        const waiting = agent.call('requestPermission', use(command));
        const open = await asked();
        await decide(open, 'deny');
        assert.match((await waiting).text, /"deny"/, command);
      }

      const [rule] = (await board()).rules;
      await test.api.call('deleteRule', { ...inWorkspace(), ruleId: rule?.id ?? '' });
      const afterwards = agent.call('requestPermission', use('git log -3'));
      await decide(await asked(), 'deny');
      assert.match((await afterwards).text, /"deny"/);
    });

    it('shows what came by a rule as decided by the rule, and says what a rule would have allowed of the past', async () => {
      await test.api.call('createRule', { ...inWorkspace(), text: 'Bash:npm test' });
      const { task } = await test.api.call('createTask', { ...inWorkspace(), title: 'T' });
      await agent.call('updateTaskStatus', { taskId: task.id, status: 'ongoing' });
      await agent.call('requestPermission', use('npm test'));
      const { requests } = await test.api.call('getTask', { ...inWorkspace(), taskId: task.id });
      assert.equal(requests[0]?.answer?.decision, 'allow');
      assert.equal(requests[0]?.answer?.ruleIds?.length, 1);
      const { preview } = await test.api.call('previewRule', { ...inWorkspace(), text: 'Bash:npm *' });
      assert.equal(preview.matched, 1);
      assert.match(preview.examples[0] ?? '', /npm test/);
      await assert.rejects(test.api.call('previewRule', { ...inWorkspace(), text: 'Bash:$(x)' }));
    });

    it("takes over AgentRQ's list, and names what it can't read", async () => {
      const { rules, refused } = await test.api.call('importRules', { ...inWorkspace(), rules: ['Bash:git *', 'Edit', 'Bash:a $(b)', ''] });
      assert.deepEqual(
        rules.map(({ text }) => text),
        ['Bash:git *', 'Edit'],
      );
      assert.equal(refused.length, 2);
      assert.ok(refused.every(({ reason }) => reason.length > 10));
    });

    it('makes no rule with an answer that comes too late', async () => {
      const asking = agent.call('requestPermission', use('git log -1'));
      const request = await asked();
      await decide(request, 'deny');
      await asking;
      await assert.rejects(decide(request, 'allow', { rule: { text: 'Bash:git log *' } }), /answered already/);
      await assert.rejects(decide(request, 'allow', { rule: { text: 'Bash:$(x)' } }));
      assert.deepEqual((await board()).rules, []);
    });

    it('neither answers in words nor takes a question for a permission', async () => {
      const asking = agent.call('requestPermission', use('ls'));
      const request = await asked();
      const answer = (draft: object) => test.api.call('answerRequest', { ...inWorkspace(), requestId: request.id, ...draft });
      await assert.rejects(answer({ text: 'yes' }), /allowed or denied/);
      await assert.rejects(answer({ decision: 'allow', text: 'yes' }), /into the note/);
      await decide(request, 'allow');
      await asking;
      const { structured } = await agent.call('askHuman', { question: 'Which?', wait_s: 0 });
      const question = String(structured['requestId']);
      await assert.rejects(
        test.api.call('answerRequest', { ...inWorkspace(), requestId: question, decision: 'allow' }),
        /not a permission/,
      );
    });
  });
}
