import assert from 'node:assert/strict';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { root } from '../../scripts/suites.ts';
import { workbenchSuite } from './fixture.ts';

const pictures = join(root, 'out/screenshots');

type Json = Record<string, unknown>;

const session = { session_id: 's1', cwd: '/nowhere', hook_event_name: 'PermissionRequest' };
const questions = [
  {
    question: 'Which database?',
    header: 'Database',
    multiSelect: false,
    options: [
      { label: 'SQLite', description: 'A file' },
      { label: 'PostgreSQL', description: 'A server' },
    ],
  },
  {
    question: 'Which features?',
    header: 'Features',
    multiSelect: true,
    options: [
      { label: 'Auth', description: 'Users sign in' },
      { label: 'Search, fast', description: 'With an index' },
    ],
  },
  {
    question: 'Which name?',
    header: 'Name',
    multiSelect: false,
    options: [
      { label: 'Shop', description: 'Short' },
      { label: 'Store', description: 'Longer' },
    ],
  },
];
const plan = '# Add notes\n\n1. Write the notes.\n2. Test them.\n';

workbenchSuite('Claude’s own dialogs in the workbench', { agent: 'claude-code', file: 'release.md' }, ({ product, window, newTask }) => {
  /** What Claude Code’s hook is told; it waits beside the dialog in the terminal. */
  async function hook(body: Json): Promise<Json> {
    const { mcpUrl, agentToken } = await product.agentAddress();
    const response = await fetch(`${mcpUrl.replace('/mcp/', '/hooks/')}/claude-code`, {
      method: 'POST',
      headers: { authorization: `Bearer ${agentToken}`, 'content-type': 'application/json' },
      body: JSON.stringify({ ...session, cwd: product.folder, ...body }),
    });
    return (await response.json()) as Json;
  }

  const decision = (reply: Json): unknown => (reply['hookSpecificOutput'] as Json | undefined)?.['decision'];
  const asks = { tool_name: 'AskUserQuestion', tool_input: { questions } };
  const proposes = { tool_name: 'ExitPlanMode', tool_input: { plan, planFilePath: '/p.md' } };

  /** The row of a plan that waits. What was decided about one like it may stand there a moment longer. */
  const planRow = /^Needs your decision: Add notes/;

  before(() => void mkdirSync(pictures, { recursive: true }));

  it('asks a set of questions one after the other, and answers them at once', async () => {
    const reply = hook(asks);
    const toast = await window.waitForToast(/Which database\?/);
    assert.deepEqual(toast.buttons, ['Answer…', 'Open']);
    await window.clickToastButton(/Which database\?/, 'Answer…');
    const first = await window.waitForQuickInput(/Database \(1 of 3\)/);
    assert.deepEqual(
      first.items.map(({ label, detail }) => [label, detail]),
      [
        ['SQLite', 'A file'],
        ['PostgreSQL', 'A server'],
        ['Other…', ''],
      ],
    );
    await window.screenshot(join(pictures, 'own-dialog-set.png'));
    await window.pickQuickItem('SQLite');
    await window.waitForQuickInput(/Features \(2 of 3\)/);
    for (const key of ['ArrowDown', 'Space', 'ArrowDown', 'Space']) await window.page.keyboard.press(key);
    await window.screenshot(join(pictures, 'own-dialog-several.png'));
    await window.acceptQuickInput();
    await window.waitForQuickInput(/Name \(3 of 3\)/);
    await window.pickQuickItem('Other…');
    await window.waitForQuickInput(/Which name\?/);
    await window.typeInQuickInput('Baz — “ä”');
    await window.acceptQuickInput();
    assert.deepEqual(decision(await reply), {
      behavior: 'allow',
      updatedInput: {
        questions,
        answers: { 'Which database?': 'SQLite', 'Which features?': 'Auth, "Search, fast"', 'Which name?': 'Baz — “ä”' },
      },
    });
    await window.activityBar.waitForBadge('AgentRQ', undefined);
  });

  it('answers a set in the panel of the task, with a note', async () => {
    await newTask('Choose for the shop');
    const reply = hook(asks);
    await window.waitForRow('Needs You', 'Which database?');
    const panel = await window.openTask('Choose for the shop');
    await panel.waitForText(/Database Which database\?[^]*PostgreSQL[^]*A server[^]*Features Which features\?/);
    const { frame } = panel;
    await frame.getByLabel(/^PostgreSQL/).check();
    await frame.getByLabel('Note to the agent (optional)').first().fill('it is there');
    await frame.getByLabel(/^Auth/).check();
    await frame.getByLabel(/^Search, fast/).check();
    await frame.getByLabel(/^Shop/).check();
    await window.screenshot(join(pictures, 'own-dialog-panel.png'));
    await frame.getByRole('button', { name: 'Send Answer' }).click();
    assert.deepEqual(decision(await reply), {
      behavior: 'allow',
      updatedInput: {
        questions,
        answers: { 'Which database?': 'PostgreSQL', 'Which features?': 'Auth, "Search, fast"', 'Which name?': 'Shop' },
        annotations: { 'Which database?': { notes: 'it is there' } },
      },
    });
    await panel.waitForText(/Which database\? → PostgreSQL \(note: it is there\)/);
  });

  it('approves a plan and accepts its edits, with all of it on a page beside', async () => {
    const reply = hook(proposes);
    await window.waitForRow('Needs You', planRow);
    await window.clickRow('Needs You', planRow);
    const pick = await window.waitForQuickInput(/Claude Code has a plan/);
    assert.deepEqual(
      pick.items.map(({ label }) => label),
      ['Keep Planning…', 'Approve', 'Approve and Accept Edits', 'Edit the Plan…'],
    );
    await window.screenshot(join(pictures, 'own-dialog-plan.png'));
    await window.pickQuickItem('Approve and Accept Edits');
    assert.deepEqual(decision(await reply), {
      behavior: 'allow',
      updatedInput: proposes.tool_input,
      updatedPermissions: [{ type: 'setMode', mode: 'acceptEdits', destination: 'session' }],
    });
  });

  it('approves a plan as it was edited', async () => {
    const reply = hook(proposes);
    await window.waitForRow('Needs You', planRow);
    await window.clickRow('Needs You', planRow);
    await window.waitForQuickInput(/Claude Code has a plan/);
    await window.pickQuickItem('Edit the Plan…');
    await window.waitForToast(/Change the plan in the editor/);
    await window.page.keyboard.press('Control+Home');
    await window.page.keyboard.type('Tests first. ');
    await window.clickToastButton(/Change the plan in the editor/, 'Approve');
    assert.deepEqual(decision(await reply), {
      behavior: 'allow',
      updatedInput: { ...proposes.tool_input, plan: `Tests first. ${plan}` },
      updatedPermissions: [{ type: 'setMode', mode: 'default', destination: 'session' }],
    });
  });
});
