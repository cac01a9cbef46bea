import type { EventStore, JSONRPCMessage } from '@modelcontextprotocol/server';
import * as z from 'zod';
import { replayLimits } from '../../../protocol/limits.ts';
import { isAnswer, type RpcId } from '../../../protocol/rpc.ts';
import { parseExact, writeExact } from '../../../util/exactJson.ts';

// Keeps the events of sessions' streams in memory, bounded, so that a client whose connection broke can resume.
//
// An event id is `s.<run>.<number>` on the stream that a session opens with GET, and `c.<run>.<number>.<stream>.<tool calls>` on the
// answer to a POST. The number counts all events of the session. `run` is random and new whenever the hub takes the session up, so an id
// of an earlier run is never taken for one of this run, and still says which calls it belonged to.

/** The SDK's own name for the stream that a session opens with GET. */
export const standaloneStreamId = '_GET_stream';

/** The requests whose answers a stream carries. */
export interface StreamOwner {
  /** The tool calls among them. */
  readonly toolCalls: readonly RpcId[];
  /** How many have no answer yet. */
  readonly unanswered: number;
  /** Its stream has an event id, from which a client can go on. */
  streamed(): void;
  /** One more of them has its answer. */
  answered(): void;
}

/**
 * Where a client goes on that names the last event it has seen. `standalone` and `call`: what came after it is kept. `over`: it has
 * everything that this stream carried. `lost`: the answers of a call's stream are not kept. `unknown`: nothing of ours.
 */
export type StreamPosition<Owner> =
  | { kind: 'standalone' }
  | { kind: 'call'; owner: Owner }
  | { kind: 'over' }
  | { kind: 'lost'; toolCalls: RpcId[] }
  | { kind: 'unknown' };

/** What is kept of one session. */
export interface SessionEvents<Owner extends StreamOwner> extends EventStore {
  locate(eventId: string): StreamPosition<Owner>;
  /** The id from which a client of the standalone stream goes on that has seen everything so far. */
  position(): string;
  /** The session is gone. */
  dispose(): void;
}

/** What is kept of all sessions. */
export interface EventStores<Owner extends StreamOwner> {
  /** @param currentOwner whose answer the stream carries that is being written to just now */
  open(currentOwner: () => Owner | undefined): SessionEvents<Owner>;
}

interface Stream<Owner> {
  /** As the SDK calls it. */
  id: string;
  owner: Owner | undefined;
  /** The part of its event ids that comes after the number. */
  suffix: string;
  /** Something up to this number was let go. */
  floor: number;
  kept: number;
}

interface Kept<Owner> {
  stream: Stream<Owner>;
  number: number;
  message: JSONRPCMessage;
  bytes: number;
}

const idPattern = /^(?:s\.([\w-]+)\.(\d{1,15})|c\.([\w-]+)\.(\d{1,15})\.(\d{1,15})\.([\w-]*))$/;
const toolCallsSchema = z.array(z.union([z.string(), z.number()]));

/** Longer ids of tool calls are left out of the event ids, which clients send back in a header. */
const longestSuffix = 200;

export function createEventStores<Owner extends StreamOwner>(deps: {
  randomId: () => string;
  limits?: { messages: number; bytes: number; totalBytes: number };
}): EventStores<Owner> {
  const { randomId, limits = replayLimits } = deps;
  /** Lets go of the oldest event of a session; of the sessions, the one that has kept something for longest comes first. */
  const evictions = new Set<() => boolean>();
  let totalBytes = 0;

  function open(currentOwner: () => Owner | undefined): SessionEvents<Owner> {
    const run = randomId();
    const kept: Kept<Owner>[] = [];
    const streams = new Map<string, Stream<Owner>>();
    let bytes = 0;
    let number = 0;
    let opened = 0;

    function streamOf(id: string): Stream<Owner> {
      const known = streams.get(id);
      if (known !== undefined) return known;
      const owner = id === standaloneStreamId ? undefined : currentOwner();
      const suffix = id === standaloneStreamId ? '' : `.${opened++}.${encodeToolCalls(owner?.toolCalls ?? [])}`;
      const stream: Stream<Owner> = { id, owner, suffix, floor: 0, kept: 0 };
      streams.set(id, stream);
      owner?.streamed();
      return stream;
    }

    function eventId({ id, suffix }: Stream<Owner>, at: number): string {
      return `${id === standaloneStreamId ? 's' : 'c'}.${run}.${at}${suffix}`;
    }

    function letGo(stream: Stream<Owner>, upTo: number): void {
      stream.floor = upTo;
      if (stream.kept === 0 && stream.owner?.unanswered === 0) streams.delete(stream.id);
    }

    function evict(): boolean {
      const oldest = kept.shift();
      if (oldest === undefined) return false;
      bytes -= oldest.bytes;
      totalBytes -= oldest.bytes;
      oldest.stream.kept -= 1;
      letGo(oldest.stream, oldest.number);
      if (kept.length === 0) evictions.delete(evict);
      return true;
    }

    function keep(stream: Stream<Owner>, message: JSONRPCMessage): void {
      const size = Buffer.byteLength(JSON.stringify(message));
      if (size > limits.bytes) {
        letGo(stream, number);
        return;
      }
      kept.push({ stream, number, message, bytes: size });
      evictions.add(evict);
      stream.kept += 1;
      bytes += size;
      totalBytes += size;
      while (kept.length > limits.messages || bytes > limits.bytes) evict();
      while (totalBytes > limits.totalBytes && [...evictions].some((evictOldest) => evictOldest())) {
        // One at a time.
      }
    }

    /** The stream of an event id of this run, and the number in it. */
    function find(id: string): { stream: Stream<Owner>; number: number } | undefined {
      const [, sRun, sNumber, cRun, cNumber, cStream, toolCalls] = idPattern.exec(id) ?? [];
      if ((sRun ?? cRun) !== run) return undefined;
      const suffix = sRun === undefined ? `.${cStream}.${toolCalls}` : '';
      const stream = sRun === undefined ? [...streams.values()].find((each) => each.suffix === suffix) : streamOf(standaloneStreamId);
      const at = Number(sNumber ?? cNumber);
      return stream === undefined || at > number || at < stream.floor ? undefined : { stream, number: at };
    }

    const after = (place: { stream: Stream<Owner>; number: number }): Kept<Owner>[] =>
      kept.filter((each) => each.stream === place.stream && each.number > place.number);

    return {
      async storeEvent(streamId, message) {
        const stream = streamOf(streamId);
        number += 1;
        if (isAnswer(message)) stream.owner?.answered();
        if (isWorthKeeping(message)) keep(stream, message);
        return eventId(stream, number);
      },
      async replayEventsAfter(lastEventId, { send }) {
        const place = find(lastEventId);
        if (place === undefined) throw new Error('an event id that was not looked at before');
        let last = place.number;
        // What arrives meanwhile goes along.
        for (let next = after(place)[0]; next !== undefined; next = after({ ...place, number: last })[0]) {
          last = next.number;
          await send(eventId(next.stream, next.number), next.message);
        }
        return place.stream.id;
      },
      locate(id) {
        const place = find(id);
        if (place !== undefined && place.stream.id === standaloneStreamId) return { kind: 'standalone' };
        if (place?.stream.owner !== undefined) {
          const { owner } = place.stream;
          return owner.unanswered > 0 || after(place).length > 0 ? { kind: 'call', owner } : { kind: 'over' };
        }
        const label = idPattern.exec(id)?.[6];
        return label === undefined ? { kind: 'unknown' } : { kind: 'lost', toolCalls: decodeToolCalls(label) };
      },
      position: () => eventId(streamOf(standaloneStreamId), number),
      dispose() {
        evictions.delete(evict);
        totalBytes -= bytes;
        bytes = 0;
        kept.length = 0;
      },
    };
  }

  return { open };
}

/** A priming event says nothing, and progress that nobody saw is of no use later. */
function isWorthKeeping(message: object): boolean {
  return isAnswer(message) || ('method' in message && message.method !== 'notifications/progress');
}

function encodeToolCalls(ids: readonly RpcId[]): string {
  const encoded = ids.length === 0 ? '' : Buffer.from(writeExact(ids)).toString('base64url');
  return encoded.length > longestSuffix ? '' : encoded;
}

function decodeToolCalls(encoded: string): RpcId[] {
  try {
    return toolCallsSchema.parse(parseExact(Buffer.from(encoded, 'base64url').toString()));
  } catch {
    return [];
  }
}
