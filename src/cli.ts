import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { defaultPort, defaultPorts } from './protocol/limits.ts';
import { systemClock } from './util/clock.ts';
import { describeError } from './util/errors.ts';
import { createLogger } from './util/log.ts';

// The hub on the command line: the same module that runs inside the editor.

const usage = `Usage: agentrq-hub [--port N] [--home DIR] [--workspace NAME]... [--durability LEVEL] [--json]

  --port N          the port to listen on, 0 for any free one (default: where it was the last time,
                    or the first free one from ${defaultPort} to ${defaultPort + defaultPorts - 1})
  --home DIR        where the hub keeps its state (default: AGENTRQ_HOME, or ~/.agentrq)
  --workspace NAME  a workspace to open; may be given several times (default: default)
  --durability LEVEL
                    what an acknowledged write survives: process (a crash of the hub, the default)
                    or full (loss of power, too; every write waits for the disk)
  --json            print one line of JSON when it listens, with the tokens
  --help            print this
`;

async function main(): Promise<number> {
  const { values } = parseArgs({
    options: {
      port: { type: 'string' },
      home: { type: 'string' },
      workspace: { type: 'string', multiple: true, default: ['default'] },
      durability: { type: 'string', default: 'process' },
      json: { type: 'boolean', default: false },
      help: { type: 'boolean', default: false },
    },
  });
  if (values.help) {
    process.stdout.write(usage);
    return 0;
  }
  const port = values.port === undefined ? undefined : Number(values.port);
  if (port !== undefined && (!Number.isInteger(port) || port < 0 || port > 65_535)) {
    process.stderr.write(`--port takes a whole number from 0 to 65535, not “${values.port}”.\n\n${usage}`);
    return 2;
  }
  const { durability } = values;
  if (durability !== 'process' && durability !== 'full') {
    process.stderr.write(`--durability takes process or full, not “${durability}”.\n\n${usage}`);
    return 2;
  }
  // Before the line is printed: a program that reads it may stop the hub at once.
  const stopped = new Promise<void>((resolve) => {
    process.once('SIGTERM', resolve);
    process.once('SIGINT', resolve);
  });
  const { startHub, defaultHome, survive } = await import('./hub/worker.ts');
  const log = createLogger((level, line) => process.stderr.write(`${new Date().toISOString()} ${level} ${line}\n`));
  const hub = await startHub({
    home: values.home ?? defaultHome(),
    port,
    userToken: process.env['AGENTRQ_PERSON_TOKEN'],
    version: packageVersion(),
    durability,
    clock: systemClock,
    log,
  });
  const gaveUp = new Promise<void>((resolve) => survive(process, { log, now: systemClock.now, failed: hub.failed, giveUp: resolve }));
  const workspaces = values.workspace.map((name) => {
    const { id } = hub.openWorkspace(name);
    return { id, name, mcpUrl: hub.mcpUrl(id), agentToken: hub.agentToken(id) };
  });
  const ready = { url: hub.url, hubId: hub.hubId, personToken: hub.userToken, workspaces };
  if (values.json) process.stdout.write(`${JSON.stringify(ready)}\n`);
  else process.stdout.write(`The hub listens on ${hub.url}. Agents: ${workspaces.map(({ mcpUrl }) => mcpUrl).join(', ')}\n`);

  // A hub whose database is damaged ends. The program that started it starts it again, and that start salvages what can be read.
  const code = await Promise.race([stopped.then(() => 0), hub.steppedDown.then(() => 0), hub.damaged.then(() => 1), gaveUp.then(() => 1)]);
  await hub.close();
  return code;
}

function packageVersion(): string {
  const here = dirname(fileURLToPath(import.meta.url));
  const { version } = JSON.parse(readFileSync(join(here, '..', 'package.json'), 'utf8')) as { version: string };
  return version;
}

main().then(
  (code) => {
    process.exitCode = code;
  },
  (error: unknown) => {
    const text = describeError(error);
    process.stderr.write(
      `${text}\n${text.includes('agentrq.hub.home') ? 'On the command line, --home DIR takes the place of that setting.\n' : ''}`,
    );
    process.exitCode = 1;
  },
);
