import { type ChildProcess, spawn } from 'node:child_process';
import { chmodSync, chownSync } from 'node:fs';
import { dirname } from 'node:path';
import { createInterface } from 'node:readline';
import { freePort } from './freePort.ts';
import { programs } from './programs.ts';

/** What a hub prints when it listens. */
export interface HubLine {
  url: string;
  hubId: string;
  userToken: string;
  workspaces: { id: string; name: string; mcpUrl: string; agentToken: string }[];
}

/** A hub in a process of its own, the way the command line starts it. */
export interface HubProcess extends HubLine {
  pid: number;
  /** Ends it and waits until it is gone: `SIGKILL` as a crash would, `SIGTERM` in order. */
  stop(signal: 'SIGKILL' | 'SIGTERM' | 'SIGINT'): Promise<{ code: number | null }>;
  /** Waits until it ends by itself. */
  ended: Promise<{ code: number | null }>;
}

/** @throws with what the hub wrote to stderr, if it ends before it listens */
export async function startHubProcess(options: {
  home: string;
  /** `usual`: none is set. */
  port?: number | 'usual';
  workspace?: string;
  /** A shell script that ends in `exec "$@"`: what the hub finds itself in. */
  within?: string;
  /** The user that it runs as; only root can choose. The folder is theirs. */
  uid?: number | undefined;
}): Promise<HubProcess> {
  const { home, port = await freePort(), workspace = 'test', within, uid } = options;
  const set = port === 'usual' ? [] : ['--port', String(port)];
  if (uid !== undefined) {
    chownSync(home, uid, uid);
    // For that user to read.
    chmodSync(dirname(dirname(programs.cli)), 0o755);
  }
  // Node itself may lie where that user can't go, so it is root that starts it.
  const become =
    uid === undefined ? [] : ['--import', `data:text/javascript,process.setgroups([]);process.setgid(${uid});process.setuid(${uid})`];
  const hub = [process.execPath, '--no-warnings', ...become, programs.cli, ...set, '--home', home, '--workspace', workspace, '--json'];
  const [command = '', ...args] = within === undefined ? hub : ['sh', '-c', within, 'sh', ...hub];
  const child = spawn(command, args, { stdio: ['ignore', 'pipe', 'pipe'] });
  const ended = new Promise<{ code: number | null }>((resolve) => child.once('exit', (code) => resolve({ code })));
  let errors = '';
  child.stderr.on('data', (chunk: Buffer) => (errors += chunk.toString()));
  const line = await new Promise<string>((resolve, reject) => {
    createInterface(child.stdout).once('line', resolve);
    child.once('close', (code) => reject(new Error(`the hub ended with ${code}: ${errors}`)));
  });
  const { personToken: userToken, ...ready } = JSON.parse(line) as Omit<HubLine, 'userToken'> & { personToken: string };
  return { ...ready, userToken, pid: child.pid ?? 0, stop: (signal) => stop(child, ended, signal), ended };
}

async function stop(child: ChildProcess, ended: HubProcess['ended'], signal: NodeJS.Signals): Promise<{ code: number | null }> {
  if (child.exitCode === null && child.signalCode === null) child.kill(signal);
  return await ended;
}
