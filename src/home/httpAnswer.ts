/** An answer of the hub. */
export interface HttpAnswer {
  status: number;
  body: Buffer;
}

/**
 * Reads what came over a connection after one request: the whole answer. `more`: it isn't all there. `undefined`: it is none that says its
 * length, or more than one. By hand, because a hook that loads Node's client takes a tenth longer.
 */
export function readAnswer(bytes: Buffer): HttpAnswer | 'more' | undefined {
  const headEnd = bytes.indexOf('\r\n\r\n');
  if (headEnd === -1) return 'more';
  const head = bytes.toString('latin1', 0, headEnd + 2);
  const status = Number(/^HTTP\/1\.1 (\d{3}) /.exec(head)?.[1]);
  const length = Number(/\r\ncontent-length: (\d{1,8})\r\n/i.exec(head)?.[1]);
  const body = bytes.subarray(headEnd + 4);
  if (body.length < length) return 'more';
  return status > 0 && body.length === length ? { status, body } : undefined;
}
