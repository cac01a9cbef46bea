import type { Clock } from '../../util/clock.ts';
import { Emitter } from '../../util/emitter.ts';
import type { Disposable } from '../../util/lifecycle.ts';
import type { Memory } from '../shell/memory.ts';
import { type DoNotDisturb, untilTurnedOff } from './api.ts';

const key = 'agentrq.quietUntil';

export function createDoNotDisturb(memory: Memory, clock: Clock, onError: (error: unknown) => void): DoNotDisturb {
  const changed = new Emitter<void>(onError);
  let end: Disposable | undefined;
  let known = 0;

  function read(): number {
    const kept = memory.get(key);
    return typeof kept === 'number' && kept > clock.now() ? kept : 0;
  }

  function refresh(): void {
    const until = read();
    if (until === known) return;
    known = until;
    end?.dispose();
    // Timers can't wait until the latest possible time.
    end = until === 0 || until === untilTurnedOff ? undefined : clock.after(until - clock.now(), refresh);
    changed.fire();
  }

  refresh();
  return {
    get until() {
      return read();
    },
    onDidChange: changed.event,
    async set(until) {
      await memory.update(key, until);
      refresh();
    },
    refresh,
    dispose() {
      end?.dispose();
      changed.dispose();
    },
  };
}
