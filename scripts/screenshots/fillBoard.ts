import type { TestAgent } from '../../test/support/testAgent.ts';

/** Three agents, by what they are called. */
export interface Agents {
  claude: TestAgent;
  codex: TestAgent;
  gemini: TestAgent;
}

/**
 * Puts something of everything onto the board, all at once, as after a busy minute. The id of the task that a question about the code is
 * in.
 */
export async function fillBoard({ claude, codex, gemini }: Agents): Promise<string> {
  const task = async (agent: TestAgent, title: string, status: string): Promise<string> => {
    const taskId = await agent.createTask(title, `${title}, with a test.`);
    if (status !== 'notstarted') await agent.call('updateTaskStatus', { taskId, status });
    return taskId;
  };
  await task(gemini, 'Write the notes of the release', 'notstarted');
  await task(codex, 'Rename the module of prices', 'completed');
  const build = await task(codex, 'Make the build twice as fast', 'ongoing');
  const totals = await task(claude, 'Round the totals line by line', 'ongoing');
  const flaky = await task(gemini, 'Find the flaky test', 'blocked');
  await claude.call('reply', {
    chatId: totals,
    text: 'The rounding is in `total.py:7`. Two callers rely on it:\n\n```python\ncart.total(items)\ninvoice.total(items)\n```',
  });
  const question = 'Two callers expect the old rounding. Should I change them too?';
  await claude.call('askHuman', { question, choices: ['Change both', 'Keep them'], taskId: totals, file: 'total.py', line: 7, wait_s: 0 });
  const checks = ['Types', 'Lint', 'Unit tests', 'The whole suite'];
  await codex.call('askHuman', {
    question: 'Which checks should run on each commit?',
    choices: checks,
    multiple: true,
    taskId: build,
    wait_s: 0,
  });
  await gemini.call('askHuman', { question: 'It fails only on Mondays. May I pin the clock in the tests?', taskId: flaky, wait_s: 0 });
  return totals;
}
