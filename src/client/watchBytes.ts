/** The same bytes; `onBytes` is told whenever some arrive. Heartbeats are comments, which an EventSource keeps to itself. */
export function watchBytes(body: ReadableStream<Uint8Array<ArrayBuffer>>, onBytes: () => void): ReadableStream<Uint8Array<ArrayBuffer>> {
  return body.pipeThrough(
    new TransformStream({
      transform(chunk, controller) {
        onBytes();
        controller.enqueue(chunk);
      },
    }),
  );
}
