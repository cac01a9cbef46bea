import type { Task } from '../../protocol/model.ts';

/** Title and details of a task. */
export type Words = Pick<Task, 'title' | 'body'>;

/** The words of a task as the text of a file: the title in the first line, an empty line, the details. */
export function taskText({ title, body }: Words): string {
  return body === '' ? `${title}\n` : `${title}\n\n${body}${body.endsWith('\n') ? '' : '\n'}`;
}

/** Reads that text; `undefined` if it has no title. What an editor adds at the end of a file is no part of the details. */
export function readTaskText(text: string): Words | undefined {
  const [first = '', ...rest] = text
    .replace(/\r\n?/g, '\n')
    .replace(/^\s*\n/, '')
    .split('\n');
  const title = first.trim();
  if (title === '') return undefined;
  const body = rest.join('\n').replace(/^\n/, '').replace(/\n$/, '');
  return { title, body };
}
