import type { ReadEdit } from '../card/readEdit.ts';

type Edit = Extract<ReadEdit, { kind: 'edit' }>;

/** A text with the changes of an edit, each at its first place or at every one; `undefined` if one of them doesn't fit. */
export function applyEdit(text: string, { changes, all }: Pick<Edit, 'changes' | 'all'>): string | undefined {
  let now = text;
  for (const { before, after } of changes) {
    const old = before.replaceAll('\r\n', '\n');
    const at = now.indexOf(old);
    if (at < 0) return undefined;
    now = all && old !== '' ? now.split(old).join(after) : now.slice(0, at) + after + now.slice(at + old.length);
  }
  return now;
}
