import { randomUUID } from 'node:crypto';
import { systemClock } from '../util/clock.ts';
import { writeExact } from '../util/exactJson.ts';
import { createLogger } from '../util/log.ts';
import { createBridge } from './bridge/createBridge.ts';
import { createKeptLists } from './bridge/keptLists.ts';
import { readLines } from './bridge/lines.ts';
import { findHub } from './findHub.ts';
import { parseScriptArgs } from './scriptArgs.ts';

// The MCP server that agents start: a bridge from stdin and stdout to the hub. Its config needs neither a port nor a token. Nothing
// but messages ever goes to stdout.

let full: Promise<void> | undefined;

/** Resolves when the agent has taken enough for the next message. */
async function writeLine(message: unknown): Promise<void> {
  if (process.stdout.write(`${writeExact(message)}\n`)) return;
  full ??= new Promise<void>((resolve) => process.stdout.once('drain', resolve)).finally(() => (full = undefined));
  await full;
}

async function main(): Promise<number> {
  const args = parseScriptArgs(process.argv.slice(2), process.env);
  if (args === undefined) {
    process.stderr.write('Usage: bridge.cjs --workspace ID [--home DIR] [--wait-seconds N]\n');
    return 2;
  }
  const bridge = createBridge({
    workspaceId: args.workspaceId,
    waitSeconds: args.waitSeconds,
    find: () => findHub(args),
    kept: createKeptLists({ ...args, script: process.argv[1] ?? '' }),
    bridgeId: randomUUID(),
    starter: process.ppid,
    write: writeLine,
    clock: systemClock,
    log: createLogger((level, line) => level === 'trace' || process.stderr.write(`AgentRQ: ${line}\n`)),
  });
  const told = new Promise<void>((resolve) => {
    process.once('SIGTERM', resolve);
    process.once('SIGINT', resolve);
    // Nobody reads any more.
    process.stdout.on('error', () => resolve());
  });
  const listen = async (): Promise<void> => {
    process.stdin.setEncoding('utf8');
    for await (const line of readLines(process.stdin as AsyncIterable<string>)) bridge.receive(line);
    await bridge.finish();
    // On some systems what was written is still on its way.
    await new Promise((resolve) => process.stdout.write('', resolve));
  };
  await Promise.race([told, listen()]);
  await bridge.close();
  return 0;
}

void main().then((code) => process.exit(code));
