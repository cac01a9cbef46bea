import type { DatabaseSync } from 'node:sqlite';
import type { Attachment } from '../../../protocol/model.ts';
import { createTable } from './table.ts';

/** A file, and what it goes with. */
export interface StoredAttachment extends Attachment {
  workspaceId: string;
  createdAt: string;
  /** Absent: it was uploaded, and nothing has used it. */
  taskId?: string | undefined;
}

/** What is known of files; their bytes are elsewhere. */
export function createAttachmentTable(database: DatabaseSync) {
  const table = createTable<StoredAttachment>(database, 'attachments', {
    id: 'plain',
    workspaceId: 'plain',
    name: 'plain',
    mimeType: 'plain',
    size: 'plain',
    createdAt: 'plain',
    taskId: 'plain',
  });
  const unusedAttachments = table.query('WHERE taskId IS NULL AND createdAt < ? LIMIT 1000');
  // A file takes a block of the disk, however small it is.
  const attachmentBytes = database.prepare(
    `SELECT coalesce(sum(max(size, 4096)), 0) AS n, coalesce(sum(max(size, 4096)) FILTER (WHERE workspaceId = ?), 0) AS own FROM attachments`,
  );

  return {
    ...table,
    /** Those that go with nothing, and were there before then. */
    unused: (before: string) => unusedAttachments(before),
    /** What all of them take, and those of one workspace. */
    bytes(workspaceId: string): { all: number; own: number } {
      const row = attachmentBytes.get(workspaceId);
      return { all: Number(row?.['n'] ?? 0), own: Number(row?.['own'] ?? 0) };
    },
  };
}
