import type { Writable } from 'node:stream';

/**
 * All of a program's input. The program may end before it has read it; then how it ended is what a test looks at, and not the lost pipe.
 */
export function feed(input: Writable | null, text: string | Buffer): void {
  input?.on('error', () => {});
  input?.end(text);
}
