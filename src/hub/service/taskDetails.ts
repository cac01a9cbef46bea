import type { Task } from '../../protocol/model.ts';

/** What a task says to an agent: its body, and the lines that it is about. */
export function taskDetails({ body, place }: Task): string {
  if (place === undefined) return body;
  const { file, line, endLine = line, snippet } = place;
  const lines = endLine === line ? `line ${line}` : `lines ${line} to ${endLine}`;
  const at = `File: ${file}, ${lines}${snippet === undefined ? '' : `\n${snippet}`}`;
  return body === '' ? at : `${body}\n\n${at}`;
}
