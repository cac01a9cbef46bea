import assert from 'node:assert/strict';
import { waitFor } from '../support/workbench/waitUntil.ts';
import { workbenchSuite } from './fixture.ts';

// A message is no toast unless the user wants it so. What is finished is none here: both at once would be one toast.
const settings = { 'agentrq.notifications.kinds': { message: 'toast', finished: 'badge' } };

const options = { agent: 'claude-code', file: 'release.md', settings };
workbenchSuite('answering agents in the workbench', options, ({ product, window, agent, newTask }) => {
  it('brings a question to the tree, the badge and a toast; a click on the toast brings the choice back', async () => {
    await window.typeIn('release.md');
    const taskId = await newTask('Deploy the shop');
    const asking = agent.call('askHuman', { question: 'Where to?', choices: ['Staging', 'Production'], taskId, wait_s: 240 });
    const toast = await window.waitForToast(/Where to\?/);
    assert.match(toast.message, /^Claude Code asks: Where to\?/);
    assert.deepEqual(toast.buttons, ['Staging', 'Production', 'Open']);
    await window.waitForRow('Needs You', 'Where to?');
    assert.equal((await window.waitForRow('Tasks', /asks: Where to\?/)).label, 'Deploy the shop');
    await window.activityBar.waitForBadge('AgentRQ', 1);
    await window.statusBarItem(/1/);
    assert.equal((await window.focus()).part, 'editor', 'the toast took the keyboard');
    await window.page.keyboard.type('typing goes on. ');
    await waitFor('what was typed to be in the file', async () => (await window.editorText()).startsWith('typing goes on. # Release'));

    await window.clickToastButton(/Where to\?/, 'Staging');
    const { structured } = await asking;
    assert.deepEqual((structured['answer'] as { choices: string[] }).choices, ['Staging']);
    await window.activityBar.waitForBadge('AgentRQ', undefined);
    assert.equal((await window.waitForRow('Needs You', /answered · sent/)).label, 'Where to?');
    await agent.call('updateTaskStatus', { taskId, status: 'completed' });
    await window.tree('Needs You').waitForNoRow('Where to?');
    await window.waitForRow('Tasks', 'Completed');
  });

  it('takes words, from the row of a question without choices', async () => {
    const taskId = await newTask('Name the release');
    const asking = agent.call('askHuman', { question: 'What is it called?', taskId, wait_s: 240 });
    await window.waitForRow('Needs You', 'What is it called?');
    await window.clickRow('Needs You', 'What is it called?');
    await window.waitForQuickInput(/What is it called\?/);
    await window.page.keyboard.press('Escape');
    await window.activityBar.waitForBadge('AgentRQ', 1);
    await window.clickRow('Needs You', 'What is it called?');
    await window.waitForQuickInput(/What is it called\?/);
    await window.typeInQuickInput('Aurora “2” — ä');
    await window.acceptQuickInput();
    assert.equal(((await asking).structured['answer'] as { text: string }).text, 'Aurora “2” — ä');
    await agent.call('updateTaskStatus', { taskId, status: 'completed' });
  });

  it('offers many choices over the file, by keyboard alone', async () => {
    await window.typeIn('release.md');
    const choices = ['red', 'green', 'blue', 'grey', 'pink'];
    const asking = agent.call('askHuman', { question: 'Which colours?', choices, multiple: true, wait_s: 240 });
    const toast = await window.waitForToast(/Which colours\?/);
    assert.deepEqual(toast.buttons, ['Answer…', 'Open']);
    await window.page.keyboard.press('Control+k');
    await window.page.keyboard.press('q');
    const quickPick = await window.waitForQuickInput(/Which colours\?/);
    assert.equal(quickPick.items.length, 6);
    for (const key of ['ArrowDown', 'Space', 'ArrowDown', 'Space']) await window.page.keyboard.press(key);
    await window.acceptQuickInput();
    const answer = (await asking).structured['answer'] as { choices: string[] };
    assert.equal(answer.choices.length, 2);
    assert.ok(answer.choices.every((choice) => choices.includes(choice)));
    await waitFor('the keyboard to be back in the file', async () => (await window.focus()).part === 'editor');
    await agent.call('getWorkspace');
  });

  it('says so when a toast is pressed after the question was answered elsewhere', async () => {
    const asking = agent.call('askHuman', { question: 'Too late?', choices: ['Yes', 'No'], wait_s: 240 });
    await window.waitForToast(/Too late\?/);
    await window.clickRow('Needs You', 'Too late?');
    await window.waitForQuickInput(/Too late\?/);
    await window.pickQuickItem('No');
    assert.deepEqual(((await asking).structured['answer'] as { choices: string[] }).choices, ['No']);
    await window.clickToastButton(/Too late\?/, 'Yes');
    await window.waitForToast(/already answered elsewhere/);
    assert.match((await agent.call('askHuman', { question: 'Too late?', choices: ['Yes', 'No'], wait_s: 0 })).text, /answered: No/);
    await agent.call('getWorkspace');
  });

  it('carries a reply to the agent, and a new task', async () => {
    const taskId = await newTask('Talk');
    await agent.call('reply', { chatId: taskId, text: 'I began.' });
    await window.waitForToast(/Claude Code in “Talk”: I began\./);
    await window.clickToastButton(/I began\./, 'Reply…');
    await window.waitForQuickInput();
    await window.page.keyboard.press('Escape');
    await window.rowAction('Tasks', 'Talk', 'Reply to Task…');
    await window.waitForQuickInput();
    await window.typeInQuickInput('Use tabs.');
    await window.acceptQuickInput();
    const reply = await agent.call('waitForReply', { taskId, wait_s: 240 });
    assert.match(reply.texts.join('\n'), /Use tabs\./);

    await window.runCommand('AgentRQ: New Task for an Agent…');
    await window.waitForQuickInput(/What should be done/);
    await window.typeInQuickInput('Write the notes');
    await window.acceptQuickInput();
    await window.waitForQuickInput(/Details/);
    await window.typeInQuickInput('From the log.');
    await window.acceptQuickInput();
    await window.pickQuickItem('Into the Queue');
    await window.waitForRow('Tasks', 'Write the notes');
    await waitFor('the row of the new task to be selected', async () =>
      (await window.rows('Tasks')).some(({ label, selected }) => label === 'Write the notes' && selected),
    );
    assert.match((await agent.call('getTask')).text, /Title: Write the notes\nStatus: notstarted\nDetails: From the log\./);
    await agent.call('updateTaskStatus', { taskId, status: 'completed' });
    await window.tree('Tasks').waitForNoRow('Talk');
  });

  it('shows the same board after a reload, and announces nothing a second time', async () => {
    const asking = await agent.call('askHuman', { question: 'Still open?', choices: ['A', 'B'], wait_s: 0 });
    await window.waitForToast(/Still open\?/);
    const before = await window.rows('Tasks');
    await window.reload();
    await window.waitForRow('Needs You', 'Still open?');
    await window.activityBar.waitForBadge('AgentRQ', 1);
    await window.waitForRow('Tasks', 'Write the notes');
    const titles = (rows: { label: string; level: number }[]) => rows.map(({ label, level }) => `${level} ${label}`);
    const shown = async () => titles(await window.rows('Tasks')).join('\n');
    await waitFor(`the same rows as before: ${titles(before).join(', ')}`, async () => (await shown()) === titles(before).join('\n'));
    assert.deepEqual(await window.toasts(), []);

    await window.clickRow('Needs You', 'Still open?');
    await window.pickQuickItem('B');
    const answered = await agent.call('waitForReply', { requestId: asking.structured['requestId'], wait_s: 240 });
    assert.deepEqual((answered.structured['answer'] as { choices: string[] }).choices, ['B']);
    await agent.call('getWorkspace');
  });

  it('goes on after the hub was restarted under a waiting agent', async () => {
    const waiting = agent.call('askHuman', { question: 'Survives?', choices: ['Yes', 'No'], wait_s: 240 });
    await window.waitForRow('Needs You', 'Survives?');
    await window.runCommand('AgentRQ: Restart Hub');
    const pending = await waiting;
    assert.equal(pending.structured['status'], 'pending');
    await waitFor('the hub to be back', async () => (await fetch(`${product.hubUrl}/health`).catch(() => undefined))?.ok === true);
    const answered = agent.call('waitForReply', { requestId: pending.structured['requestId'], wait_s: 240 });
    await window.clickRow('Needs You', 'Survives?');
    await window.waitForQuickInput(/Survives\?/);
    await window.pickQuickItem('Yes');
    assert.deepEqual(((await answered).structured['answer'] as { choices: string[] }).choices, ['Yes']);
  });
});
