import type { IncomingMessage } from 'node:http';

/**
 * Every line of a header, in order. Node keeps the first of some and joins others, and what was said twice is what matters to a check.
 * @param name in lower case
 */
export function headerLines({ rawHeaders }: IncomingMessage, name: string): string[] {
  return rawHeaders.filter((_, index) => index % 2 === 1 && rawHeaders[index - 1]?.toLowerCase() === name);
}
