import type { IncomingMessage } from 'node:http';

/** Reads a body of lines. Those that came in one turn are handed over together. Resolves at the end; rejects when `onLines` throws. */
export function readLines(request: IncomingMessage, onLines: (lines: readonly string[]) => void): Promise<void> {
  return new Promise((resolve, reject) => {
    let rest = '';
    let lines: string[] = [];
    let scheduled: NodeJS.Immediate | undefined;

    function handOver(): void {
      clearImmediate(scheduled);
      scheduled = undefined;
      const due = lines.filter((line) => line !== '');
      lines = [];
      try {
        if (due.length > 0) onLines(due);
      } catch (error) {
        reject(error instanceof Error ? error : new Error(String(error)));
      }
    }

    request.setEncoding('utf8');
    request.on('data', (text: string) => {
      const pieces = (rest + text).split('\n');
      rest = pieces.pop() ?? '';
      lines.push(...pieces);
      scheduled ??= setImmediate(handOver);
    });
    request.on('end', () => {
      lines.push(rest);
      handOver();
      resolve();
    });
    request.on('error', reject);
  });
}
