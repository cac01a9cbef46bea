import type { ServerResponse } from 'node:http';
import type { JSONRPCMessage, MessageExtraInfo, Transport } from '@modelcontextprotocol/server';
import { heartbeatMs } from '../../../protocol/limits.ts';
import { isAnswer, type RpcId } from '../../../protocol/rpc.ts';
import type { Clock } from '../../../util/clock.ts';
import { writeExact } from '../../../util/exactJson.ts';
import { streamHeaders } from '../../http/respond.ts';
import { whenClosed } from '../../http/whenClosed.ts';

/** More than this waits to be read: nobody reads any more. Bytes. */
const backlogBytes = 16 * 1024 * 1024;

/** A request that came by POST and is answered over the stream. */
export interface StreamCall {
  /** Its answer has left (`sent`), or never will (`lost`). */
  end(how: 'sent' | 'lost'): void;
}

/** The HTTP+SSE transport of 2024-11-05: messages come by POST, and everything that is said goes over one stream. */
export interface SseTransport extends Transport {
  /** A message was posted. `call`: it is a request. */
  receive(message: JSONRPCMessage, extra: MessageExtraInfo, call: StreamCall | undefined): void;
  /** The client has cancelled this request, which gets no answer. */
  cancel(id: RpcId): void;
}

/**
 * A transport over `response`, on which it begins the stream when it is started. Stream and session end together.
 * @param endpoint where the client is to post to
 */
export function createSseTransport(response: ServerResponse, { clock, endpoint }: { clock: Clock; endpoint: string }): SseTransport {
  const calls = new Map<RpcId, StreamCall>();
  const heartbeat = clock.every(heartbeatMs, () => void write(': keepalive\n\n').catch(() => {}));
  let closed = false;

  function write(text: string): Promise<void> {
    if (response.writableLength > backlogBytes) response.destroy();
    return new Promise((resolve, reject) => {
      if (closed || response.destroyed) reject(new Error('the stream has ended'));
      else response.write(text, (error) => (error ? reject(error) : resolve()));
    });
  }

  function onEnd(): void {
    if (closed) return;
    closed = true;
    heartbeat.dispose();
    for (const call of calls.values()) call.end('lost');
    calls.clear();
    transport.onclose?.();
  }

  function endCall(id: RpcId, how: 'sent' | 'lost'): void {
    const call = calls.get(id);
    calls.delete(id);
    call?.end(how);
  }

  const transport: SseTransport = {
    async start() {
      response.writeHead(200, { ...streamHeaders, 'content-type': 'text/event-stream' });
      whenClosed(response, onEnd);
      await write(`event: endpoint\ndata: ${endpoint}\n\n`);
    },
    async send(message) {
      await write(`event: message\ndata: ${writeExact(message)}\n\n`);
      if (isAnswer(message)) endCall(message.id, 'sent');
    },
    async close() {
      response.end();
      onEnd();
    },
    receive(message, extra, call) {
      if (call !== undefined && 'id' in message && message.id !== undefined) {
        if (closed) call.end('lost');
        else calls.set(message.id, call);
      }
      transport.onmessage?.(message, extra);
    },
    cancel: (id) => endCall(id, 'lost'),
  };
  return transport;
}
