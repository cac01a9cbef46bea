import { printConnections } from './connectionsFile.ts';
import type { ConnectionPlan } from './planConnection.ts';

/** What takes back a plan that was applied: every file, and the note, as they were before, byte for byte. */
export function undoPlan({ key, edits, note }: ConnectionPlan): ConnectionPlan {
  return {
    key,
    edits: edits.toReversed().map((edit) => ({ ...edit, present: edit.next, next: edit.present, folders: [], changed: [] })),
    note: { file: note.file, present: note.next, next: note.present ?? printConnections({ connections: [], written: new Map() }) },
    emptied: edits.flatMap(({ folders }) => folders).toReversed(),
  };
}
