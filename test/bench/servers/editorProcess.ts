import { mkdtempSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { createHubThread } from '../../../src/host/hubThread.ts';
import type * as worker from '../../../src/hub/worker.ts';
import { systemClock } from '../../../src/util/clock.ts';
import { nullLog } from '../../../src/util/log.ts';
import { answerBench } from './answerBench.ts';
import { benchToken } from './benchToken.ts';

// A stand-in for the extension host, which can be blocked: `node editorProcess.ts --entry dist/hub.cjs`. The hub runs in a thread, as
// it does in the editor; with --in-process it runs beside everything else, as it would without one.

const { values } = parseArgs({ options: { entry: { type: 'string', default: '' }, 'in-process': { type: 'boolean', default: false } } });
const { entry } = values;
const home = mkdtempSync(join(tmpdir(), 'agentrq-bench-'));
const common = { home, port: 0, userToken: benchToken, version: '0.0.0' };
const hub = values['in-process'] ? await startHere() : await startThread();
answerBench(hub.url, async () => {
  await hub.stop();
  rmSync(home, { recursive: true, force: true });
});

async function startHere(): Promise<{ url: string; stop: () => Promise<void> }> {
  const { startHub } = createRequire(import.meta.url)(entry) as typeof worker;
  const { url, close } = await startHub({ ...common, clock: systemClock, log: nullLog });
  return { url, stop: close };
}

async function startThread(): Promise<{ url: string; stop: () => Promise<void> }> {
  const { userToken, ...options } = common;
  const thread = createHubThread({ entry, options: () => ({ ...options, waitSeconds: {} }), warn: () => {}, log: nullLog });
  const started = await thread.start(userToken);
  if (started.kind !== 'listening') throw new Error(`the hub's thread didn't start: ${JSON.stringify(started)}`);
  return started;
}
