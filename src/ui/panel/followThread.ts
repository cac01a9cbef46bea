import type { BoardChange, BoardStore } from '../../client/boardStore.ts';
import type { HubApi } from '../../client/hubApi.ts';
import { reduceThread, type Thread, threadFrom } from '../../client/thread.ts';
import { type Disposable, DisposableStore } from '../../util/lifecycle.ts';

/** The state of a thread that is being followed. */
export type FollowedThread = { kind: 'loading' } | { kind: 'failed'; error: unknown } | { kind: 'loaded'; thread: Thread };

/** Follows a thread: read once, then updated by the events of the board, and read again after a gap. */
export interface ThreadFollower extends Disposable {
  readonly state: FollowedThread;
}

/** `onDidChange` is called for every change; `change` is the event behind it, or `undefined` if the thread was read again. */
export function followThread(deps: {
  board: BoardStore;
  api: HubApi;
  key: { workspaceId: string; taskId: string };
  onDidChange: (change: BoardChange | undefined) => void;
}): ThreadFollower {
  const { board, api, key } = deps;
  const store = new DisposableStore();
  let state: FollowedThread = { kind: 'loading' };
  /** Changes that arrive while the thread is being read. The read may include them or not. */
  let meanwhile: BoardChange[] = [];
  let round = 0;

  async function read(): Promise<void> {
    round += 1;
    const own = round;
    meanwhile = [];
    let next: FollowedThread;
    try {
      next = { kind: 'loaded', thread: threadFrom(await api.call('getTask', key)) };
    } catch (error) {
      next = { kind: 'failed', error };
    }
    if (store.disposed || own !== round) return;
    state = next;
    const missed = meanwhile;
    meanwhile = [];
    for (const change of missed) take(change);
    deps.onDidChange(undefined);
  }

  function take({ event, after }: BoardChange): boolean {
    if (state.kind !== 'loaded' || after.cursor === undefined || event.type === 'agents.presence') return false;
    const thread = reduceThread(state.thread, key.taskId, after.cursor, event);
    if (thread === state.thread) return false;
    state = { kind: 'loaded', thread };
    return true;
  }

  store.add(
    board.onDidChange((change) => {
      if (state.kind === 'loaded') {
        // The page shows names and presence of agents too.
        const { type } = change.event;
        if (take(change) || type === 'agents.presence' || type === 'agent.updated' || type === 'workspace.updated')
          deps.onDidChange(change);
      } else if (state.kind === 'loading') meanwhile.push(change);
    }),
  );
  store.add(
    board.onDidReplace(() => {
      state = { kind: 'loading' };
      void read();
    }),
  );
  void read();
  return {
    get state() {
      return state;
    },
    dispose: () => store.dispose(),
  };
}
