import assert from 'node:assert/strict';
import { createServer, type Server } from 'node:http';
import { type Product, startProduct } from '../support/product.ts';
import type { Workbench } from '../support/workbench/workbench.ts';

describe('a hub that can not start, in the workbench', function () {
  this.timeout(120_000);
  let product: Product;
  let window: Workbench;
  let foreign: Server;

  before(async () => {
    product = await startProduct({ log: console.log });
    foreign = createServer((_request, response) => response.end('not a hub'));
    await new Promise<void>((resolve) => foreign.listen(Number(new URL(product.hubUrl).port), '127.0.0.1', resolve));
    window = await product.open();
    await window.openView('AgentRQ');
  });

  after(async () => {
    foreign?.close();
    await product?.dispose();
  });

  it('says why and what to do, and starts when the reason is gone', async () => {
    await window.view('Needs You').waitForWelcome(/hub is not running/, 30_000);
    await window.view('Tasks').waitForMessage(/Port \d+ is taken by another program.*agentrq\.hub\.port/s);
    assert.match((await window.statusBarItem(/AgentRQ/)).ariaLabel, /not running|failed/i);
    await new Promise((resolve) => foreign.close(resolve));
    await window.view('Needs You').clickWelcomeButton('Restart Hub');
    await window.view('Needs You').waitForWelcome(/no agent has come yet/, 30_000);
  });
});
