import { ensureHost } from './ensureHost.ts';

// `node test/host/cli.ts`: installs the web host ahead of the first test run.
const host = await ensureHost({ log: (line) => console.log(`web host: ${line}`) });
console.log(`web host: ready (${host.serverMain}, ${host.chromium})`);
