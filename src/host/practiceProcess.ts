import { type ChildProcess, spawn } from 'node:child_process';
import { UserError } from '../util/errors.ts';
import { type Disposable, toDisposable } from '../util/lifecycle.ts';
import type { Logger } from '../util/log.ts';
import { translatable } from '../util/sentence.ts';

/** Starts the practice agent, one at a time. */
export interface Practice extends Disposable {
  /** Starts it in this workspace. @throws UserError if it is running already */
  start(workspaceId: string): void;
}

/** @param deps.entry the path of `practiceAgent.cjs` @param deps.home AgentRQ's folder, in which it finds the hub and its token */
export function createPractice(deps: { entry: string; home: () => string; log: Logger }): Practice {
  let child: ChildProcess | undefined;
  const end = toDisposable(() => child?.kill());
  return {
    start(workspaceId) {
      if (child !== undefined)
        throw new UserError(translatable('The practice agent is at work already. Answer its question, or close this window to end it.'));
      // ELECTRON_RUN_AS_NODE makes the editor's executable run a script as Node does. Options that a debugger sets for Node must not apply.
      const env = { ...process.env, ELECTRON_RUN_AS_NODE: '1', NODE_OPTIONS: '' };
      const args = [deps.entry, '--workspace', workspaceId, '--home', deps.home()];
      const started = spawn(process.execPath, args, { env, stdio: ['ignore', 'pipe', 'pipe'] });
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
