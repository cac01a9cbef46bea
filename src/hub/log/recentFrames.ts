import { type Chunk, makeChunk } from './frames.ts';

/** Frames that follow each other in the log, ready to be written. */
export interface Batch extends Chunk {
  /** The number of the last event that the reader has after this. */
  last: number;
}

/** The newest frames, for all readers that are nearly up to date. */
export interface RecentFrames {
  /** The number of the oldest that is here; `undefined`: none is. */
  readonly first: number | undefined;
  /** `frame` is the text of event `number`, which follows the last one. */
  keep(number: number, workspaceId: string, frame: string): void;
  /** Those after `after`, of one workspace or of all; at most `limit` bytes unless a single frame is larger. */
  read(after: number, workspaceId: string | undefined, limit: number): Batch;
}

/**
 * A ring buffer of `bytes`. A buffer for each frame would live long enough to be promoted, and cost the garbage collector more than all
 * else.
 */
export function createRecentFrames(bytes: number): RecentFrames {
  const memory = Buffer.allocUnsafeSlow(bytes);
  const places = new Map<number, { workspaceId: string; begin: number; end: number }>();
  /** Of the oldest, and behind the newest. */
  let [first, next] = [0, 0];
  /** Where the newest ends. */
  let end = 0;

  function dropWhile(isInTheWay: (begin: number) => boolean): void {
    for (let place = places.get(first); place !== undefined && isInTheWay(place.begin); place = places.get(first)) {
      places.delete(first);
      first += 1;
    }
  }

  return {
    get first() {
      return places.size === 0 ? undefined : first;
    },
    keep(number, workspaceId, frame) {
      const length = Buffer.byteLength(frame);
      let begin = end;
      if (begin + length > bytes) {
        dropWhile((other) => other >= begin);
        begin = 0;
      }
      dropWhile((other) => other >= begin && other < begin + length);
      if (length > bytes) places.clear();
      else {
        memory.write(frame, begin);
        places.set(number, { workspaceId, begin, end: begin + length });
        end = begin + length;
      }
      if (places.size <= 1) first = number;
      next = number + 1;
    },
    read(after, workspaceId, limit) {
      const wanted: { begin: number; end: number }[] = [];
      let size = 0;
      let last = after;
      for (let number = after + 1; number < next; number += 1) {
        const place = places.get(number);
        if (place === undefined) break;
        if (workspaceId === undefined || place.workspaceId === workspaceId) {
          const length = place.end - place.begin;
          if (size > 0 && size + length > limit) break;
          wanted.push(place);
          size += length;
        }
        last = number;
      }
      const chunk = makeChunk(size, (frames) => {
        let position = 0;
        for (const place of wanted) position += memory.copy(frames, position, place.begin, place.end);
      });
      return { ...chunk, last };
    },
  };
}
