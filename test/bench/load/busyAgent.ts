import type { Agent } from 'node:http';
import { taskIdOf } from '../../support/taskIdOf.ts';
import { type BenchAgent, connectBenchAgent, type Era } from './benchAgent.ts';
import { callHttp } from './callHttp.ts';
import { marker } from './markers.ts';

type Timed = <T>(call: () => Promise<T>) => Promise<T>;

/** An agent that works through one task after the other, with hooks beside its calls. */
export interface BusyAgent {
  /**
   * One piece of work, from the prompt to the end of the turn.
   * @param timed runs what nobody has to wait for a person in, and takes its time
   */
  work(timed: Timed): Promise<void>;
  close(): void;
}

/** @param options.nextNumber marks each message */
export async function startBusyAgent(options: {
  era: Era;
  name: string;
  address: { mcpUrl: string; agentToken: string };
  http: Agent;
  nextNumber: () => number;
}): Promise<BusyAgent> {
  const { era, name, address, http, nextNumber } = options;
  const agent: BenchAgent = await connectBenchAgent(era, address, name);
  const hookUrl = `${address.mcpUrl.replace('/mcp/', '/hooks/')}/claude-code`;
  let pieces = 0;

  async function hook(event: string, members: Record<string, unknown> = {}): Promise<string> {
    const body = { session_id: name, cwd: '/project', hook_event_name: event, ...members };
    const { status, text } = await callHttp(http, hookUrl, { headers: { authorization: `Bearer ${address.agentToken}` }, body });
    if (status !== 200) throw new Error(`${event} was answered with ${status}: ${text}`);
    return text;
  }

  return {
    async work(timed) {
      pieces += 1;
      await timed(() => hook('UserPromptSubmit', { prompt: 'Go on' }));
      const made = await timed(() => agent.call('createTask', { title: `Piece ${pieces} of ${name}`, body: 'b'.repeat(300) }));
      const taskId = taskIdOf(made);
      await timed(() => agent.call('updateTaskStatus', { taskId, status: 'ongoing' }));
      await agent.call('askHuman', { question: `Piece ${pieces}: go on?`, choices: ['Yes', 'No'], taskId, wait_s: 30 });
      for (let step = 0; step < 3; step += 1) {
        const tool = { tool_name: 'Bash', tool_input: { command: `make step-${step} of-${pieces}` }, tool_use_id: `${pieces}.${step}` };
        if (step === 0) {
          const verdict = await hook('PermissionRequest', tool);
          if (!verdict.includes('"allow"')) throw new Error(`the user allowed it, and the hook was told ${verdict}`);
        }
        await timed(() => hook('PostToolUse', { ...tool, tool_response: {} }));
        await timed(() => agent.call('reply', { chatId: taskId, text: `${'x'.repeat(400)}${marker(nextNumber())}` }));
      }
      await timed(() => agent.call('updateTaskStatus', { taskId, status: 'completed' }));
      await timed(() => hook('Stop', { stop_hook_active: false }));
    },
    close: () => agent.close(),
  };
}
