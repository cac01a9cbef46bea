import type { Attachment, Task } from '../../protocol/model.ts';

/** What a task says to an agent: its body, the lines that it is about, and the files that go with it. */
export function taskDetails(task: Task): string {
  return withoutFiles(task) + attachmentsText(task.attachments);
}

/** AgentRQ's list of files, as its agents read it; nothing if there are none. */
export function attachmentsText(attachments: readonly Attachment[] = []): string {
  if (attachments.length === 0) return '';
  const lines = attachments.map(({ id, name, mimeType }) => `\n  - id=${id} name=${name} type=${mimeType}`);
  return `\nAttachments:${lines.join('')}`;
}

function withoutFiles({ body, place }: Task): string {
  if (place === undefined) return body;
  const { file, line, endLine = line, snippet } = place;
  const lines = endLine === line ? `line ${line}` : `lines ${line} to ${endLine}`;
  const at = `File: ${file}, ${lines}${snippet === undefined ? '' : `\n${snippet}`}`;
  return body === '' ? at : `${body}\n\n${at}`;
}
