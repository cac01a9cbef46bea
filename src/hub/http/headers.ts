import type { IncomingMessage } from 'node:http';

/**
 * Every line of a header, in order. Node keeps the first of some and joins others, and what was said twice is what matters to a check.
 * @param name in lower case
 */
export function headerLines({ rawHeaders }: IncomingMessage, name: string): string[] {
  const lines: string[] = [];
  for (let index = 0; index < rawHeaders.length; index += 2) {
    if (rawHeaders[index]?.toLowerCase() === name) lines.push(rawHeaders[index + 1] ?? '');
  }
  return lines;
}
