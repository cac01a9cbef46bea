import { appendFileSync } from 'node:fs';
import { Client, StreamableHTTPClientTransport } from '@modelcontextprotocol/client';
import { createProvenFetch } from '../home/provenFetch.ts';
import { practiceName } from '../protocol/names.ts';
import { findHub } from './findHub.ts';
import { parseScriptArgs } from './scriptArgs.ts';

// An agent for practice: a real MCP client in a process of its own, with a script instead of a model. It works through one task,
// asks a question with choices and one in free text, waits as long as it takes, and goes on with the answers. It needs no network
// and no account. What it did goes to stdout, and to the file in AGENTRQ_PRACTICE_LOG if that is set, one line of JSON for each step.

/** One step of the story. */
export interface PracticeStep {
  /** RFC 3339. */
  at: string;
  step: 'connected' | 'task' | 'ongoing' | 'report' | 'ask' | 'pending' | 'answer' | 'completed' | 'failed';
  /** What was asked, answered or reported. */
  text: string;
}

function tell(step: PracticeStep['step'], text: string): void {
  const line = `${JSON.stringify({ at: new Date().toISOString(), step, text } satisfies PracticeStep)}\n`;
  process.stdout.write(line);
  const file = process.env['AGENTRQ_PRACTICE_LOG'];
  if (file !== undefined && file !== '') appendFileSync(file, line);
}

interface Result {
  text: string;
  structured: { status?: string; requestId?: string; answer?: { choices?: string[]; text?: string } };
}

async function call(client: Client, name: string, args: Record<string, unknown>): Promise<Result> {
  const result = await client.callTool({ name, arguments: args });
  const [first] = result.content;
  const text = first?.type === 'text' ? first.text : '';
  if (result.isError === true) throw new Error(`${name}: ${text}`);
  return { text, structured: result.structuredContent ?? {} };
}

/** Asks, and waits for as many slices as the user needs. */
async function ask(client: Client, question: Record<string, unknown>): Promise<string> {
  tell('ask', String(question['question']));
  let result = await call(client, 'askHuman', question);
  while (result.structured.status === 'pending') {
    tell('pending', result.structured.requestId ?? '');
    result = await call(client, 'waitForReply', { requestId: result.structured.requestId });
  }
  const { choices = [], text } = result.structured.answer ?? {};
  const answer = text ?? choices.join(', ');
  tell('answer', answer);
  return answer;
}

async function run(): Promise<void> {
  const args = parseScriptArgs(process.argv.slice(2), process.env);
  if (args === undefined) throw new Error('usage: practiceAgent.cjs --workspace ID [--home DIR]');
  const hub = findHub(args);
  if (hub === undefined) throw new Error('AgentRQ is not running.');
  const url = new URL(`http://127.0.0.1:${hub.port}/mcp/${args.workspaceId}`);
  const client = new Client({ name: practiceName, title: 'Practice Agent', version: '1.0.0' }, { versionNegotiation: { mode: 'auto' } });
  const fetch = createProvenFetch(() => hub.secret);
  await client.connect(
    new StreamableHTTPClientTransport(url, { fetch, requestInit: { headers: { Authorization: `Bearer ${hub.token}` } } }),
  );
  tell('connected', client.getServerVersion()?.name ?? '');

  const created = await call(client, 'createTask', {
    title: 'Prepare the next release',
    body: 'Tag it, write the notes and deploy it. The user decides where to, and how it is called.',
  });
  const taskId = created.text.slice(-11);
  tell('task', taskId);
  await call(client, 'updateTaskStatus', { taskId, status: 'ongoing' });
  tell('ongoing', taskId);

  const target = await ask(client, { question: 'The tests pass. Where should I deploy it?', choices: ['Staging', 'Production'], taskId });
  await call(client, 'reply', { chatId: taskId, text: `Deployed to ${target}. The notes are next.` });
  tell('report', `Deployed to ${target}. The notes are next.`);
  const name = await ask(client, { question: 'What should the release be called?', taskId });
  await call(client, 'reply', { chatId: taskId, text: `The release is called “${name}”. Everything is done.` });
  tell('report', `The release is called “${name}”. Everything is done.`);
  await call(client, 'updateTaskStatus', { taskId, status: 'completed' });
  tell('completed', taskId);
  await client.close();
}

run().catch((error: unknown) => {
  tell('failed', error instanceof Error ? error.message : String(error));
  process.exitCode = 1;
});
