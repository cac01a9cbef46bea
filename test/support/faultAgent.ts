import { setTimeout as pause } from 'node:timers/promises';
import type { FaultEra } from './faultRig.ts';
import { connectTaskAgent } from './taskAgent.ts';
import { type AgentAddress, connectAgent, type TestAgent, type ToolResult } from './testAgent.ts';

/** An agent of the fault rig: of the newer era, whose client may follow tasks, or of the older one. */
export async function connectFaultAgent(era: FaultEra, address: AgentAddress): Promise<Pick<TestAgent, 'call' | 'close'>> {
  if (era !== 'tasks') return await connectAgent(era, address);
  const agent = await connectTaskAgent(address);
  return {
    async call(tool, args = {}, { signal, timeout = 15_000 } = {}): Promise<ToolResult> {
      const called = await agent.call(tool, args);
      if (called.kind === 'result') return called.result;
      const { taskId } = called.task;
      // As real clients do: a poll that fails is made again, and one that nobody waits for any more is not.
      for (let until = Date.now() + timeout; Date.now() < until; await pause(50, undefined, { signal })) {
        const task = await agent.get(taskId).catch(() => undefined);
        if (task === undefined || task.status === 'working') continue;
        const texts = (task.result?.content ?? []).map(({ text }) => text);
        return { text: texts[0] ?? '', texts, structured: task.result?.structuredContent ?? {}, isError: false };
      }
      throw new Error(`${taskId} has not ended in ${timeout} ms`);
    },
    close: () => agent.close(),
  };
}
