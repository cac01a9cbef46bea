import { HubError } from '../../protocol/hubErrors.ts';
import { limits } from '../../protocol/limits.ts';
import type { Attachment } from '../../protocol/model.ts';
import { timestamp } from '../../util/clock.ts';
import type { Disposable } from '../../util/lifecycle.ts';
import type { ServiceContext } from './context.ts';
import { findWorkspace } from './lookup.ts';

/** As long as a message may be a draft with its files: over a week-end, and a little more. */
const unusedMs = 7 * 24 * 60 * 60_000;
const lookEveryMs = 10 * 60_000;

/** A file as somebody sends it. */
export interface NewAttachment {
  name: string;
  mimeType: string;
  bytes: Uint8Array;
}

/** Keeps a file, for a week unless something uses it. @throws HubError `invalid_input` or `payload_too_large` */
export function saveAttachment(context: ServiceContext, workspaceId: string, { name, mimeType, bytes }: NewAttachment): Attachment {
  const { store, transact, clock, newId, attachmentFiles } = context;
  findWorkspace(store, workspaceId);
  const size = bytes.length;
  if (size > limits.attachmentBytes) {
    throw new HubError('payload_too_large', `A file may have ${limits.attachmentBytes / 1024 / 1024} MiB. Send a smaller one.`);
  }
  const needed = Math.max(size, 4_096);
  const taken = store.attachments.bytes(workspaceId);
  // So the agents of one workspace never take the room of another.
  if (taken.own + needed > limits.workspaceAttachmentsBytes) {
    throw new HubError('payload_too_large', 'The files of this workspace take all the room that they may. Delete tasks with files first.');
  }
  if (taken.all + needed > limits.allAttachmentsBytes) {
    throw new HubError('payload_too_large', 'The files of the hub take all the room that they may. Delete tasks with files first.');
  }
  const attachment: Attachment = { id: newId(), name: safeName(name), mimeType: safeType(mimeType), size };
  try {
    attachmentFiles.write(attachment.id, bytes);
  } catch (error) {
    throw new HubError('storage_failed', "The hub couldn't write the file to its disk. Make room and try again.", { cause: error });
  }
  try {
    transact(() => store.attachments.put({ ...attachment, workspaceId, createdAt: timestamp(clock) }));
  } catch (error) {
    attachmentFiles.remove(attachment.id);
    throw error;
  }
  return attachment;
}

/** Binds files to what is written in a task, in the transaction that writes it. Each goes with one thing. @throws HubError */
export function useAttachments({ store }: ServiceContext, workspaceId: string, taskId: string, ids: readonly string[] = []): Attachment[] {
  if (ids.length > limits.attachments) throw new HubError('invalid_input', `At most ${limits.attachments} files go with a message.`);
  return ids.map((id) => {
    const stored = store.attachments.get(id);
    if (stored?.workspaceId !== workspaceId || stored.createdAt === '') throw notFound(id);
    if (stored.taskId !== undefined)
      throw new HubError('invalid_input', `The file ${id} goes with something else already. Upload it again.`);
    store.attachments.put({ ...stored, taskId });
    return { id, name: stored.name, mimeType: stored.mimeType, size: stored.size };
  });
}

/** Keeps files for what `use` writes with them, and doesn't keep them if it fails. @throws HubError as `saveAttachment` and `use` do */
export function withFiles<T>(
  context: ServiceContext,
  workspaceId: string,
  files: readonly NewAttachment[],
  use: (attachmentIds: string[]) => T,
): T {
  const ids: string[] = [];
  try {
    for (const file of files) ids.push(saveAttachment(context, workspaceId, file).id);
    return use(ids);
  } catch (error) {
    for (const id of ids) removeAttachment(context, id);
    throw error;
  }
}

/** A file with its bytes, if it belongs to the workspace. @throws HubError `attachment_not_found` */
export function readAttachment(
  { store, attachmentFiles }: ServiceContext,
  workspaceId: string,
  id: string,
): Attachment & { bytes: Buffer } {
  const stored = store.attachments.get(id);
  const bytes = stored?.workspaceId === workspaceId ? attachmentFiles.read(id) : undefined;
  if (stored === undefined || bytes === undefined) throw notFound(id);
  return { id, name: stored.name, mimeType: stored.mimeType, size: stored.size, bytes };
}

/**
 * Removes, now and again, what nothing has used for a week, and what went with tasks and messages that are gone. A file that nobody
 * knows stays: its row may be what a damaged database lost.
 */
export function sweepAttachments(context: ServiceContext): Disposable {
  const { store, clock, background } = context;
  const sweep = (): void =>
    background.attempt('files that nothing needs could not be removed', () => {
      const before = new Date(clock.now() - unusedMs).toISOString();
      for (const { id } of store.attachments.unused(before)) removeAttachment(context, id);
    });
  sweep();
  return clock.every(lookEveryMs, sweep);
}

function removeAttachment({ store, transact, attachmentFiles }: ServiceContext, id: string): void {
  attachmentFiles.remove(id);
  transact(() => store.attachments.delete(id));
}

function notFound(id: string): HubError {
  return new HubError('attachment_not_found', `There is no file ${id} in this workspace. Its task may have been deleted.`);
}

/** The last part of whatever path, on one line, without what steers a terminal or turns text around. */
function safeName(name: string): string {
  const last = name.toWellFormed().split(/[/\\]/).at(-1) ?? '';
  const plain = last
    .replace(/[\p{Cc}\p{Cf}\u2028\u2029]+/gu, '')
    .trim()
    .slice(0, 200)
    .toWellFormed();
  return plain === '' || /^\.+$/.test(plain) ? 'file' : plain;
}

function safeType(mimeType: string): string {
  const type = mimeType.split(';', 1)[0]?.trim().toLowerCase() ?? '';
  return /^[a-z0-9][a-z0-9.+-]{0,63}\/[a-z0-9][a-z0-9.+-]{0,63}$/.test(type) ? type : 'application/octet-stream';
}
