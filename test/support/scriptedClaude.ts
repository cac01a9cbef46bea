import { readFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { Client } from '@modelcontextprotocol/sdk/client/index.js';
import { StdioClientTransport } from '@modelcontextprotocol/sdk/client/stdio.js';

// Stands for the program `claude`: reads its config as Claude Code does, starts the server that is named there for this folder, and takes
// prompts from its terminal, a line each. Its model has one script: it asks which colour, and says what it was told.

interface Config {
  projects: Record<string, { mcpServers?: Record<string, { command: string; args: string[] }> }>;
}

const { projects } = JSON.parse(readFileSync(join(homedir(), '.claude.json'), 'utf8')) as Config;
const [server] = Object.values(projects[process.cwd()]?.mcpServers ?? {});
if (server === undefined) throw new Error(`no server is configured for ${process.cwd()}`);
const client = new Client({ name: 'claude-code', version: '2.1.332' });
await client.connect(new StdioClientTransport({ command: server.command, args: server.args }));
await client.listTools();
for await (const prompt of createInterface({ input: process.stdin })) {
  if (!prompt.includes('askHuman')) continue;
  const question = { question: 'Which colour do you like best?', choices: ['red', 'green', 'blue'], wait_s: 60 };
  const { structuredContent } = await client.callTool({ name: 'askHuman', arguments: question });
  await client.callTool({ name: 'getWorkspace', arguments: {} });
  const { choices = [] } = (structuredContent as { answer?: { choices?: string[] } }).answer ?? {};
  console.log(`You like ${choices.join(' and ')} best.`);
}
await client.close();
