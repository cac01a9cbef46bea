import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { copyAddress } from '../../test/e2e/copyAddress.ts';
import { startProduct } from '../../test/support/product.ts';
import { connectAgent, type TestAgent } from '../../test/support/testAgent.ts';
import type { Workbench } from '../../test/support/workbench/workbench.ts';
import { animatedPng, type Frame } from '../animatedPng.ts';
import { sampleCode } from './sampleCode.ts';

/** A question comes while the user types, a click answers it, and the agent goes on: frame by frame. */
export async function mainLoop(file: string): Promise<void> {
  const product = await startProduct({ log: console.log });
  try {
    writeFileSync(join(product.folder, 'total.py'), sampleCode);
    // As wide as a page that shows it, so that its words can be read there.
    const window = await product.open({ viewport: { width: 960, height: 600 } });
    await window.openFile('total.py');
    await window.openView('AgentRQ');
    await window.view('Needs You').waitForWelcome(/No agent is connected yet/);
    const agent = await connectAgent('modern', await copyAddress(window), 'claude-code');
    await window.openFile('total.py');
    await window.page.keyboard.press('Control+End');
    // What was said of connecting goes by itself.
    await window.page.getByText(/is on the clipboard/).waitFor({ state: 'hidden' });
    writeFileSync(file, animatedPng(await playLoop(window, agent)));
    await agent.close();
  } finally {
    await product.dispose();
  }
}

async function playLoop(window: Workbench, agent: TestAgent): Promise<Frame[]> {
  const frames: Frame[] = [];
  const shoot = async (ms: number): Promise<void> => {
    frames.push({ png: await window.page.screenshot({ animations: 'disabled', caret: 'initial' }), ms });
  };
  await shoot(800);
  const taskId = await agent.createTask('Deploy the shop', 'To staging first.');
  const asking = agent.call('askHuman', { question: 'Where should I deploy it?', choices: ['Staging', 'Production'], taskId, wait_s: 60 });
  await window.waitForToast(/Where should I deploy it\?/);
  await window.waitForRow('Needs You', /Where should I deploy it\?/);
  await shoot(1_800);
  for (const word of ['# ', 'one ', 'line']) {
    await window.page.keyboard.type(word);
    await shoot(250);
  }
  await shoot(600);
  await window.clickToastButton(/Where should I deploy it\?/, 'Staging');
  await asking;
  await window.waitForRow('Needs You', /answered · sent|delivered/);
  await shoot(1_400);
  await agent.call('reply', { chatId: taskId, text: 'Deployed to staging.' });
  await agent.call('updateTaskStatus', { taskId, status: 'completed' });
  await window.waitForRow('Tasks', 'Completed');
  await shoot(2_400);
  return frames;
}
