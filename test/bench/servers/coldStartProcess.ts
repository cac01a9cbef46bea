import { get } from 'node:http';
import { createRequire } from 'node:module';
import { parseArgs } from 'node:util';
import type * as worker from '../../../src/hub/worker.ts';
import { systemClock } from '../../../src/util/clock.ts';
import { nullLog } from '../../../src/util/log.ts';
import { answerBench } from './answerBench.ts';
import { benchToken } from './benchToken.ts';
import { keepAll } from './keepAll.ts';

// Starts the hub's bundle on a home folder and waits for the first byte of its stream: `node coldStartProcess.ts --entry … --home …`.

const { values } = parseArgs({ options: { entry: { type: 'string', default: '' }, home: { type: 'string', default: '' } } });
const startedAt = performance.now();
const { startHub } = createRequire(import.meta.url)(values.entry) as typeof worker;
const loadedAt = performance.now();
const common = { port: 0, userToken: benchToken, version: '0.0.0', clock: systemClock, log: nullLog };
const hub = await startHub({ ...common, home: values.home, logLimits: keepAll });
await new Promise<void>((resolve, reject) => {
  const headers = { authorization: `Bearer ${benchToken}` };
  const request = get(`${hub.url}/api/v1/events/stream`, { headers }, (response) => response.once('data', () => resolve()));
  request.on('error', reject);
});
const firstByteAt = performance.now();
const figures = { loadMs: loadedAt - startedAt, hubMs: firstByteAt - loadedAt, processMs: firstByteAt };
answerBench(hub.url, async () => await hub.close(), Object.fromEntries(Object.entries(figures).map(([name, ms]) => [name, String(ms)])));
