import type { ServerResponse } from 'node:http';
import type { WakeAnswer } from '../../protocol/wake.ts';

/** A hook that waits for the user's next word. */
export interface OpenWait {
  /** Ends it with this answer. Resolves with whether that was written whole; one that is over is not. */
  end(answer: WakeAnswer): Promise<boolean>;
}

/** What its answer is written to. */
export type HeldResponse = Pick<ServerResponse, 'destroyed' | 'writableFinished' | 'on'>;

/** Keeps a hook waiting: `answer` is fulfilled when it has ended, by `end` or with its connection, of which `onGone` hears. */
export function holdWait(response: HeldResponse, onGone: () => void): { wait: OpenWait; answer: Promise<WakeAnswer> } {
  const ended = Promise.withResolvers<WakeAnswer>();
  const closed = Promise.withResolvers<boolean>();
  let isOver = false;
  const onClose = (): void => {
    closed.resolve(response.writableFinished);
    ended.resolve({});
    if (isOver) return;
    isOver = true;
    onGone();
  };
  if (response.destroyed) queueMicrotask(onClose);
  else response.on('close', onClose);
  const wait: OpenWait = {
    end(answer) {
      if (isOver) return Promise.resolve(false);
      isOver = true;
      ended.resolve(answer);
      return closed.promise;
    },
  };
  return { wait, answer: ended.promise };
}
