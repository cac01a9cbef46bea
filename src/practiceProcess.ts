import { type ChildProcess, spawn } from 'node:child_process';
import type { HubApi } from './client/hubApi.ts';
import { UserError } from './util/errors.ts';
import { type Disposable, toDisposable } from './util/lifecycle.ts';
import type { Logger } from './util/log.ts';

/** Starts the practice agent, one at a time. */
export interface Practice extends Disposable {
  /** Lets it work in this workspace. @throws UserError if it is at work already */
  start(workspaceId: string): Promise<void>;
}

/** @param entry the path of `practiceAgent.cjs` */
export function createPractice(deps: { entry: string; api: HubApi; log: Logger }): Practice {
  let child: ChildProcess | undefined;
  const end = toDisposable(() => child?.kill());
  return {
    async start(workspaceId) {
      if (child !== undefined)
        throw new UserError('The practice agent is at work already. Answer its question, or close this window to end it.');
      const { token, mcpUrl } = await deps.api.call('getWorkspaceToken', { workspaceId });
      // The editor's own program runs a script like Node when it is told to.
      const env = { ...process.env, ELECTRON_RUN_AS_NODE: '1', AGENTRQ_MCP_URL: mcpUrl, AGENTRQ_TOKEN: token };
      const started = spawn(process.execPath, [deps.entry], { env, stdio: ['ignore', 'pipe', 'pipe'] });
      child = started;
      for (const output of [started.stdout, started.stderr]) {
        output.on('data', (chunk: Buffer) => deps.log.info(chunk.toString().trimEnd()));
      }
      started.on('error', (error) => deps.log.error(error.message));
      started.on('close', (code) => {
        child = undefined;
        deps.log.info(`it ended with ${code}`);
      });
    },
    dispose: () => end.dispose(),
  };
}
