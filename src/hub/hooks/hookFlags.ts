import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { HubEvent } from '../../protocol/events.ts';
import { hookWaitSeconds } from '../../protocol/limits.ts';
import { quietFolder, stopsFolder } from '../../protocol/names.ts';
import { describeError } from '../../util/errors.ts';
import type { Disposable } from '../../util/lifecycle.ts';
import type { Logger } from '../../util/log.ts';
import type { ServiceContext } from '../service/context.ts';

/** Something that hooks know of a workspace by a file, which takes no process of ours. */
interface Flag {
  folder: string;
  /** Whether there is to be a file. */
  stands(workspaceId: string): boolean;
  /** What may change that. */
  dependsOn: ReadonlySet<HubEvent['type']>;
}

/**
 * Keeps the flags in the home folder up to date. Hooks look at them before they start our script: before a tool, whether a task of the
 * workspace is stopped; after it, whether nothing waits to be settled in an agent's own window. A failure is only logged: without flags the
 * agent is stopped in words, and its hooks report everything. The hub removes all flags when it ends, because an older version may run
 * next.
 */
export function createHookFlags({ context, home, log }: { context: ServiceContext; home: string; log: Logger }): Disposable {
  const { store, clock } = context;
  const flags: readonly Flag[] = [
    {
      folder: join(home, stopsFolder),
      stands: (workspaceId) => store.tasks.isStopped(workspaceId),
      dependsOn: new Set(['task.updated', 'task.deleted']),
    },
    {
      folder: join(home, quietFolder),
      // What has expired may still be shown there, for as long as its hook could have waited.
      stands: (workspaceId) =>
        !store.requests.isAnyAskedThere(workspaceId, new Date(clock.now() - hookWaitSeconds * 1_000).toISOString()) &&
        store.agents.ofWorkspace(workspaceId).every(({ waitsElsewhere }) => waitsElsewhere === undefined),
      dependsOn: new Set(['request.created', 'request.updated', 'agent.updated', 'workspace.updated']),
    },
  ];
  /** Where there is a file. */
  const written = new Set<string>();

  function attempt(act: () => void): void {
    try {
      act();
    } catch (error) {
      log.error(`what hooks look at could not be written in ${home}: ${describeError(error)}`);
    }
  }

  function note({ folder, stands }: Flag, workspaceId: string): void {
    const file = join(folder, workspaceId);
    const isWritten = written.has(file);
    if (stands(workspaceId) === isWritten) return;
    if (isWritten) {
      rmSync(file, { force: true });
      written.delete(file);
    } else {
      mkdirSync(folder, { recursive: true, mode: 0o700 });
      writeFileSync(file, '', { mode: 0o600 });
      written.add(file);
    }
  }

  const clear = (): void => {
    for (const { folder } of flags) attempt(() => rmSync(folder, { recursive: true, force: true }));
  };

  clear();
  for (const { id } of store.workspaces.all()) for (const flag of flags) attempt(() => note(flag, id));
  const listening = context.log.onDidPublish((events) => {
    for (const flag of flags) {
      const changed = events.filter(({ event: { type } }) => flag.dependsOn.has(type));
      for (const workspaceId of new Set(changed.map((each) => each.workspaceId))) attempt(() => note(flag, workspaceId));
    }
  });
  return {
    dispose() {
      listening.dispose();
      clear();
    },
  };
}
