import type { AgentAddress } from '../support/testAgent.ts';
import { waitFor } from '../support/workbench/waitUntil.ts';
import type { Workbench } from '../support/workbench/workbench.ts';

/** Gets an agent's address the way a person does for an agent that nobody knows: Connect an Agent, Another Agent, Copy Entry. */
export async function copyAddress(window: Workbench): Promise<AgentAddress> {
  await window.runCommand('AgentRQ: Connect an Agent');
  await window.waitForQuickInput(/Which agent do you use\?/);
  await window.pickQuickItem('Another Agent…');
  await window.dialog.waitFor(/Connect another agent to/);
  await window.dialog.press('Copy Entry with Address');
  let entry = '';
  await waitFor('the entry on the clipboard', async () => {
    entry = await window.clipboard();
    return entry.includes('mcpServers');
  });
  const mcpUrl = /http:\/\/127\.0\.0\.1:\d+\/mcp\/\w{11}/.exec(entry)?.[0];
  const agentToken = /Bearer (arq_[\w-]+)/.exec(entry)?.[1];
  if (mcpUrl === undefined || agentToken === undefined) throw new Error(`the entry holds no address: ${entry}`);
  await window.dismissToasts();
  return { mcpUrl, agentToken };
}
