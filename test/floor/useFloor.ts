import { ensureHost } from '../host/ensureHost.ts';
import { serverVariable } from '../host/servers.ts';

// Loaded by mocha before the tests: they run in the oldest VS Code.
process.env[serverVariable] = 'floor';

const installLimitMs = 15 * 60_000;

export const mochaHooks: Mocha.RootHookObject = {
  async beforeAll(this: Mocha.Context) {
    this.timeout(installLimitMs);
    await ensureHost({ log: console.log });
  },
};
