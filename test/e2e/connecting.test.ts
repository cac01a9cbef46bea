import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { Client } from '@modelcontextprotocol/sdk/client/index.js';
import { StdioClientTransport } from '@modelcontextprotocol/sdk/client/stdio.js';
import { StreamableHTTPClientTransport } from '@modelcontextprotocol/sdk/client/streamableHttp.js';
import { feed } from '../support/feed.ts';
import { waitFor } from '../support/workbench/waitUntil.ts';
import { type SuiteOptions, workbenchSuite } from './fixture.ts';

const screenshots = join(import.meta.dirname, '..', '..', 'out', 'connecting');
const original = '{\n  "numStartups": 3,\n\t"theme": "dark", "projects": {}\n}\n';

interface ServerEntry {
  url: string;
  headers: Record<string, string>;
  command: string;
  args: string[];
}

const options: SuiteOptions = {
  file: 'release.md',
  // So that all of the list of a check is on the screen.
  window: { viewport: { width: 1280, height: 1200 } },
  prepare(product) {
    mkdirSync(screenshots, { recursive: true });
    mkdirSync(join(product.userHome, '.claude'));
    writeFileSync(join(product.userHome, '.claude.json'), original, { mode: 0o600 });
  },
};

workbenchSuite('connecting Claude Code in the workbench', options, ({ product, window }) => {
  let config: string;
  let hooks: string;

  before(async () => {
    config = join(product.userHome, '.claude.json');
    hooks = join(product.folder, '.claude', 'settings.local.json');
  });

  async function picture(name: string): Promise<void> {
    await window.screenshot(join(screenshots, `${name}.png`));
  }

  /** Goes as far as the difference, which is on the screen then. */
  async function begin(how: string, hooksAnswer = 'With Hooks'): Promise<void> {
    await window.runCommand('AgentRQ: Connect an Agent');
    const agents = await window.waitForQuickInput(/Which agent do you use\?/);
    assert.deepEqual(
      agents.items.slice(0, 1).map(({ label, description }) => [label, description]),
      [['Claude Code', 'found']],
    );
    await window.pickQuickItem('Claude Code');
    await window.waitForQuickInput(/Nothing is written before you have seen it/);
    await picture(`1-how-${how}`);
    await window.pickQuickItem(how);
    await window.waitForQuickInput(/Install hooks\?/);
    await picture(`2-hooks-${how}`);
    // By keyboard: what the pointer rests on explains itself over the next one.
    await window.typeInQuickInput(hooksAnswer);
    await window.acceptQuickInput();
    await window.waitForQuickInput(/Nothing is written yet/);
  }

  function entry(): ServerEntry {
    const written = JSON.parse(readFileSync(config, 'utf8')) as { projects: Record<string, { mcpServers: Record<string, ServerEntry> }> };
    const [server] = Object.values(written.projects[product.folder]?.mcpServers ?? {});
    return server ?? assert.fail(JSON.stringify(written));
  }

  async function diffHas(text: string): Promise<void> {
    await waitFor(`“${text}” in the difference`, async () => (await window.editorText()).includes(text));
  }

  /** The list of the check. */
  async function checkHas(...texts: string[]): Promise<void> {
    for (const text of texts) {
      await waitFor(`“${text}” in the list`, async () => (await window.quickInput.text()).includes(text)).catch(async (error: unknown) => {
        await picture('failed');
        throw new Error(await window.quickInput.text(), { cause: error });
      });
    }
  }

  /** Claude Code ends a turn, and runs the hooks for that as they stand in the file; the one that it leaves running ends with this. */
  async function endTurn(): Promise<{ ended: Promise<{ code: unknown; errors: string }> }> {
    const written = JSON.parse(readFileSync(hooks, 'utf8')) as {
      hooks: Record<string, { hooks: { command: string; async?: boolean; asyncRewake?: boolean }[] }[]>;
    };
    const [report, wait, ...more] = written.hooks['Stop']?.flatMap((group) => group.hooks) ?? [];
    assert.ok(report !== undefined && wait !== undefined && more.length === 0);
    assert.deepEqual([report.async, wait.async, wait.asyncRewake], [undefined, true, true]);
    await run(report.command);
    return { ended: run(wait.command) };
  }

  async function run(command: string): Promise<{ code: unknown; errors: string }> {
    const env = { HOME: product.userHome, PATH: `${dirname(process.execPath)}:/usr/bin:/bin` };
    const child = spawn('sh', ['-c', command], { env, cwd: product.folder, stdio: ['pipe', 'ignore', 'pipe'] });
    feed(child.stdin, JSON.stringify({ session_id: 's1', hook_event_name: 'Stop', cwd: product.folder, stop_hook_active: false }));
    const [[code], errors] = await Promise.all([once(child, 'exit'), child.stderr.toArray()]);
    return { code, errors: errors.join('') };
  }

  async function disconnect(): Promise<void> {
    await window.runCommand('AgentRQ: Disconnect an Agent…');
    await window.waitForQuickInput(/What AgentRQ wrote for it/);
    await window.pickQuickItem('Claude Code');
    await window.waitForQuickInput(/This is what AgentRQ will remove/);
    await picture('7-disconnect');
    await window.pickQuickItem('Change 2 Files');
    await window.waitForToast(/Claude Code is disconnected from shop/);
    assert.equal(readFileSync(config, 'utf8'), original, 'byte for byte as it was');
    assert.equal(existsSync(join(product.folder, '.claude')), false, 'nothing is left in the project');
  }

  it('shows what it would write, and writes it only then', async () => {
    await begin('Directly');
    let text = '';
    await waitFor('the difference', async () => {
      text = await window.editorText();
      return text.includes('arq_…••••');
    });
    assert.doesNotMatch(text, /arq_\w/, 'no token is on the screen');
    assert.equal(readFileSync(config, 'utf8'), original, 'nothing is written yet');
    await picture('3-difference');
    // The user looks at a file, so the prompt goes; the buttons stand over it.
    await window.pickQuickItem('~/.claude.json');
    await window.statusBar.waitFor(/Write 2 Files/);
    assert.equal(await window.quickInput.content(), undefined);
    assert.equal(readFileSync(config, 'utf8'), original, 'nothing is written yet');
    await picture('3-title');
    await window.editor.pressAction('Write');
    await window.dialog.waitFor(/Claude Code is set up for shop/);
    await picture('4-written');
    assert.match(entry().headers['Authorization'] ?? '', /^Bearer arq_\w{11}_[\w-]{40,}$/);
    assert.equal((JSON.parse(readFileSync(config, 'utf8')) as { theme: string }).theme, 'dark');
    assert.match(readFileSync(hooks, 'utf8'), /PermissionRequest/);
    assert.doesNotMatch(readFileSync(hooks, 'utf8'), /arq_\w/, 'no token is in the project');
  });

  it('checks it, and sees a question make the whole way', async () => {
    await window.dialog.press('Check the Connection');
    await checkHas('Agent connected · waiting', 'Claude Code has not connected yet');
    await picture('5-waiting');
    assert.deepEqual(await window.rows('Agents'), [], 'the check itself is no agent');

    const { url, headers } = entry();
    const client = new Client({ name: 'claude-code', version: '2.1.232' });
    await client.connect(new StreamableHTTPClientTransport(new URL(url), { requestInit: { headers } }));
    assert.ok((await client.listTools()).tools.length > 5);
    await window.waitForRow('Agents', /connected/);
    await checkHas('Claude Code is connected', 'It is version 2.1.232', 'Test question asked · waiting · → Copy Test Prompt');
    // The row that the user should look at is the active one.
    await window.press('Enter');
    await waitFor('the text on the clipboard', async () => (await window.clipboard()).startsWith('Ask me over AgentRQ'));

    const asking = client.callTool({ name: 'askHuman', arguments: { question: 'Which colour?', choices: ['red', 'blue'], wait_s: 240 } });
    await window.waitForToast(/Which colour\?/);
    await window.clickToastButton(/Which colour\?/, 'red');
    const { structuredContent } = await asking;
    assert.deepEqual((structuredContent as { answer: { choices: string[] } }).answer.choices, ['red']);
    await checkHas('Claude Code asks: Which colour?', 'Answer delivered · waiting');
    await client.callTool({ name: 'getWorkspace', arguments: {} });
    await checkHas('9 of 9 passed', 'Connection works: question asked, answered, delivered.');
    await picture('6-the-whole-way');
    await window.quickInput.press('Copy Report');
    await waitFor('the report on the clipboard', async () => (await window.clipboard()).includes('## ✓ Answer delivered · ok'));
    assert.doesNotMatch(await window.clipboard(), /arq_\w/);
    await window.quickInput.cancel();
    await client.close();
    await window.dismissToasts();
  });

  it('replaces the token from the row of an agent: the last one opens nothing, and the new one is shown nowhere', async () => {
    const { url, headers } = entry();
    const status = async (authorization: string): Promise<number> => {
      const body = JSON.stringify({ jsonrpc: '2.0', id: 1, method: 'ping' });
      const accept = 'application/json, text/event-stream';
      const init = { method: 'POST', body, headers: { 'content-type': 'application/json', accept, authorization } };
      return (await fetch(url, init)).status;
    };
    const last = headers['Authorization'] ?? '';
    assert.notEqual(await status(last), 401);
    await window.tree('Agents').rowMenu(/Claude Code/, 'Replace an Agent’s Token…');
    assert.match(await window.dialog.waitFor(/Replace the token of the agents of shop/), /connect again: Claude Code\./);
    await picture('9-replace-token');
    await window.dialog.press('Replace Token');
    const toast = await window.waitForToast(/have a new token/);
    assert.doesNotMatch(JSON.stringify(toast), /arq_/);
    assert.equal(await status(last), 401);
    await window.clickToastButton(/have a new token/, 'Copy New Token');
    await waitFor('the new token on the clipboard', async () => (await window.clipboard()).startsWith('arq_'));
    assert.notEqual(await status(`Bearer ${await window.clipboard()}`), 401);
  });

  it('takes everything out again, and can put it back', async () => {
    const written = readFileSync(config, 'utf8');
    const withHooks = readFileSync(hooks, 'utf8');
    await disconnect();
    await window.clickToastButton(/Claude Code is disconnected from shop/, 'Undo');
    await waitFor('the files to be back', () => existsSync(hooks) && readFileSync(config, 'utf8') === written);
    assert.equal(readFileSync(hooks, 'utf8'), withHooks);
    await disconnect();
    await window.dismissToasts();
  });

  it('connects it through the bridge as well, with no token in any file', async () => {
    await begin('Through a Bridge');
    await window.editor.pressAction('Discard');
    await waitFor('the prompt to go', async () => (await window.quickInput.content()) === undefined);
    assert.equal(readFileSync(config, 'utf8'), original);
    await begin('Through a Bridge');
    await window.editor.pressAction('Write');
    await window.dialog.waitFor(/Claude Code is set up for shop/);
    assert.doesNotMatch(readFileSync(config, 'utf8'), /arq_/);
    await window.dialog.press('Check the Connection');
    await checkHas('AgentRQ answers it, and offers');
    const { command, args } = entry();
    const client = new Client({ name: 'claude-code', version: '2.1.300' });
    await client.connect(new StdioClientTransport({ command, args }));
    assert.ok((await client.listTools()).tools.length > 5);
    await window.waitForRow('Agents', /^connected/);
    await checkHas('Claude Code is connected', 'Test question asked · waiting');
    await picture('8-list');
    await window.quickInput.cancel();
    await window.statusBar.click(/Claude Code: waiting for a test question/);
    await checkHas('Test question asked · waiting');
    await window.quickInput.press('Stop');
    await checkHas('You stopped waiting.', 'Everything checked so far is fine; the rest was not checked.');
    await picture('8-stopped');
    await window.quickInput.cancel();
    await client.close();
    await disconnect();
  });

  it('lets it be woken where the user says so: the hook that waits is shown first, is rung by their word, and not once that is turned off', async () => {
    await begin('Through a Bridge', 'Hooks and Waking');
    await window.press('ArrowDown', 'Enter');
    await diffHas('"asyncRewake": true');
    await picture('10-waking');
    await window.statusBar.click(/Write 2 Files/);
    await window.dialog.waitFor(/Claude Code is set up for shop/);
    await window.press('Escape');
    const { command, args } = entry();
    const client = new Client({ name: 'claude-code', version: '2.1.332' });
    await client.connect(new StdioClientTransport({ command, args }));
    const made = await client.callTool({ name: 'createTask', arguments: { title: 'Release it', body: 'Write the notes.' } });
    const taskId = /id=(\w{11})/.exec(JSON.stringify(made))?.[1] ?? assert.fail(JSON.stringify(made));
    await client.callTool({ name: 'updateTaskStatus', arguments: { taskId, status: 'ongoing' } });
    const panel = await window.openTask('Release it');
    const box = panel.frame.getByLabel('Your message');

    const rung = await endTurn();
    await panel.waitForText(/what you write wakes it now/);
    await box.fill('Use tabs.');
    await box.press('Control+Enter');
    assert.deepEqual(await rung.ended, { code: 2, errors: `The user wrote in AgentRQ: call waitForReply with taskId ${taskId}.` });
    await client.callTool({ name: 'waitForReply', arguments: { taskId } });

    const { ended } = await endTurn();
    await panel.waitForText(/what you write wakes it now/);
    await product.changeSettings({ 'agentrq.agents.wake': false });
    assert.deepEqual(await ended, { code: 0, errors: '' });
    await panel.waitForNoText(/wakes it now/);
    assert.deepEqual(await (await endTurn()).ended, { code: 0, errors: '' });
    await client.close();
    await disconnect();
  });

  it('removes an agent that is gone from its row until it connects again, and takes that back', async () => {
    await window.waitForRow('Agents', /^last active/);
    await picture('11-gone');
    await window.tree('Agents').rowMenu(/Claude Code/, 'Remove');
    await waitFor('the row to go', async () => (await window.rows('Agents')).length === 0);
    // The offer is there for ten seconds.
    await window.statusBar.click(/Claude Code removed until it connects\./);
    await window.waitForRow('Agents', /^last active/);
  });
});
