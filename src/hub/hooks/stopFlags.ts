import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { stopsFolder } from '../../protocol/names.ts';
import { describeError } from '../../util/errors.ts';
import type { Disposable } from '../../util/lifecycle.ts';
import type { Logger } from '../../util/log.ts';
import type { ServiceContext } from '../service/context.ts';

/**
 * Says in the home folder in which workspaces a stop stands. Before each tool a hook looks whether there is a file, which takes no process
 * of ours. Where none can be written the agent is stopped in words, and a damaged database is found by its check, so a failure is only
 * logged.
 */
export function createStopFlags({ context, home, log }: { context: ServiceContext; home: string; log: Logger }): Disposable {
  const { store } = context;
  const folder = join(home, stopsFolder);
  /** Where there is a file. */
  const flagged = new Set<string>();

  function attempt(act: () => void): void {
    try {
      act();
    } catch (error) {
      log.error(`what is stopped could not be noted in ${folder}: ${describeError(error)}`);
    }
  }

  function note(workspaceId: string): void {
    const stands = store.tasks.isStopped(workspaceId);
    if (stands === flagged.has(workspaceId)) return;
    const file = join(folder, workspaceId);
    if (stands) {
      flagged.add(workspaceId);
      mkdirSync(folder, { recursive: true, mode: 0o700 });
      writeFileSync(file, '', { mode: 0o600 });
    } else {
      flagged.delete(workspaceId);
      rmSync(file, { force: true });
    }
  }

  // What a hub before has left.
  attempt(() => rmSync(folder, { recursive: true, force: true }));
  for (const { id } of store.workspaces.all()) attempt(() => note(id));

  return context.log.onDidPublish((events) => {
    const changed = events.filter(({ event: { type } }) => type === 'task.updated' || type === 'task.deleted');
    for (const workspaceId of new Set(changed.map((each) => each.workspaceId))) attempt(() => note(workspaceId));
  });
}
