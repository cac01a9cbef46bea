import { createServer } from 'node:http';
import { startProduct } from '../../test/support/product.ts';
import { createCamera } from './camera.ts';

/** What a person sees when the hub can't start. */
export async function takeTrouble(folder: string): Promise<void> {
  const product = await startProduct({ log: console.log });
  const foreign = createServer((_request, response) => response.end('not a hub'));
  try {
    await new Promise<void>((resolve) => foreign.listen(Number(new URL(product.hubUrl).port), '127.0.0.1', resolve));
    const window = await product.open();
    await window.openView('AgentRQ');
    await window.view('Needs You').waitForWelcome(/hub is not running/);
    await createCamera(window, folder).inEveryTheme('trouble');
  } finally {
    foreign.close();
    await product.dispose();
  }
}
