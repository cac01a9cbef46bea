import { startProduct } from '../test/support/product.ts';
import { playDemo } from './playDemo.ts';
import { showDemo } from './showDemo.ts';

// npm run demo: at a terminal it opens VS Code for you to play with; without one, or with `-- --play`, it plays you too.

const play = process.argv.includes('--play') || !process.stdin.isTTY;
if (!play) await showDemo();
else if (!(await playFromStart())) process.exitCode = 1;

async function playFromStart(): Promise<boolean> {
  const product = await startProduct({ log: console.log, extent: 'bare' });
  try {
    return await playDemo(product, await product.open());
  } finally {
    await product.dispose();
  }
}
