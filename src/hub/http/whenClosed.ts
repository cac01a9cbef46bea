import type { ServerResponse } from 'node:http';

/** Calls `fn` once the answer has been written whole, or nobody is left to read it: at once, if that is so already. */
export function whenClosed(response: ServerResponse, fn: () => void): void {
  if (response.destroyed) fn();
  else response.on('close', fn);
}

/** Resolves at that time. */
export function answered(response: ServerResponse): Promise<void> {
  return new Promise((resolve) => whenClosed(response, resolve));
}
