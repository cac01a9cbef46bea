import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { heartbeatMs } from '../../src/protocol/limits.ts';
import { createLogger } from '../../src/util/log.ts';
import { answerBench } from './servers/answerBench.ts';
import { benchToken } from './servers/benchToken.ts';
import { keepAll } from './servers/keepAll.ts';
import { startBenchHub } from './servers/startBenchHub.ts';

// npm run bench:hub -- --port N --keepalive MS: the real hub, bundled, in a process of its own, to be measured from outside. Its streams
// and `POST /_bench/publish` open with the bearer `bench`. Without --home it keeps everything in a folder that goes when it ends; with
// --keep-all its log is never cut.

const { values } = parseArgs({
  options: {
    port: { type: 'string', default: '0' },
    keepalive: { type: 'string', default: String(heartbeatMs) },
    home: { type: 'string' },
    'keep-all': { type: 'boolean', default: false },
  },
});
const [port, keepaliveMs] = [wholeNumber('port', values.port, 65_535), wholeNumber('keepalive', values.keepalive, 2 ** 31 - 1)];
const home = values.home ?? mkdtempSync(join(tmpdir(), 'agentrq-bench-'));
const log = createLogger((level, line) => {
  if (level === 'error' || level === 'warn') process.stderr.write(`${level} ${line}\n`);
});
const hub = await startBenchHub({ home, port, keepaliveMs, logLimits: values['keep-all'] ? keepAll : undefined, log });

const stop = async (): Promise<void> => {
  await hub.close();
  if (values.home === undefined) rmSync(home, { recursive: true, force: true });
};
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => void stop().then(() => process.exit(0)));
process.stdout.write(`The hub listens on ${hub.url}; streams and POST /_bench/publish open with the bearer “${benchToken}”.\n`);
answerBench(hub.url, stop);

function wholeNumber(name: string, text: string, highest: number): number {
  const value = Number(text);
  if (text !== '' && Number.isInteger(value) && value >= 0 && value <= highest) return value;
  throw new Error(`--${name} takes a whole number from 0 to ${highest}, not “${text}”.`);
}
