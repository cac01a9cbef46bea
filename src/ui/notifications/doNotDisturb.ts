import type { Clock } from '../../util/clock.ts';
import { Emitter } from '../../util/emitter.ts';
import type { Disposable } from '../../util/lifecycle.ts';
import type { Memory } from '../shell/memory.ts';
import { type Quiet, untilTurnedOff } from './api.ts';

const key = 'agentrq.quietUntil';

export function createQuiet(memory: Memory, clock: Clock, onError: (error: unknown) => void): Quiet {
  const changed = new Emitter<void>(onError);
  let end: Disposable | undefined;
  let known = 0;

  function read(): number {
    const kept = memory.get(key);
    return typeof kept === 'number' && kept > clock.now() ? kept : 0;
  }

  function look(): void {
    const until = read();
    if (until === known) return;
    known = until;
    end?.dispose();
    // No timer is as long as “until I turn it off”.
    end = until === 0 || until === untilTurnedOff ? undefined : clock.after(until - clock.now(), look);
    changed.fire();
  }

  look();
  return {
    get until() {
      return read();
    },
    onDidChange: changed.event,
    async set(until) {
      await memory.update(key, until);
      look();
    },
    look,
    dispose() {
      end?.dispose();
      changed.dispose();
    },
  };
}
