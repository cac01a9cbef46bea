import type { AgentAddress } from '../support/testAgent.ts';
import { waitFor } from '../support/waitFor.ts';
import type { Workbench } from '../support/workbench/workbench.ts';

/** Gets an agent's address the way a person does: Connect an Agent, Claude Code, Copy Command. */
export async function copyAddress(window: Workbench): Promise<AgentAddress> {
  await window.runCommand('AgentRQ: Connect an Agent');
  await window.waitForQuickInput(/Which agent do you use\?/);
  await window.pickQuickItem('Claude Code');
  await window.dialog.waitFor(/Connect Claude Code to/);
  await window.dialog.press('Copy Command');
  let command = '';
  await waitFor('the command on the clipboard', async () => {
    command = await window.clipboard();
    return command.includes('claude mcp add');
  });
  const mcpUrl = /http:\/\/127\.0\.0\.1:\d+\/mcp\/\w{11}/.exec(command)?.[0];
  const agentToken = /Bearer (arq_[\w-]+)/.exec(command)?.[1];
  if (mcpUrl === undefined || agentToken === undefined) throw new Error(`the command holds no address: ${command}`);
  await window.dismissToasts();
  return { mcpUrl, agentToken };
}
