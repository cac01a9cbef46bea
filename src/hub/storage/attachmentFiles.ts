import { closeSync, constants, fstatSync, mkdirSync, openSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { isPrivateFile } from '../../home/privateFile.ts';
import { idSchema } from '../../protocol/ids.ts';

/** The bytes of the attachments: one file for each, named by its id and nothing else. */
export interface AttachmentFiles {
  write(id: string, bytes: Uint8Array): void;
  /** `undefined` if it isn't there. */
  read(id: string): Buffer | undefined;
  remove(id: string): void;
}

/** @param folder made at the first use, for this user alone */
export function createAttachmentFiles(folder: string): AttachmentFiles {
  function fileOf(id: string): string {
    if (!idSchema.safeParse(id).success) throw new Error('no id of an attachment');
    return join(folder, id);
  }
  return {
    write(id, bytes) {
      const file = fileOf(id);
      mkdirSync(folder, { recursive: true, mode: 0o700 });
      const descriptor = openSync(file, constants.O_WRONLY | constants.O_CREAT | constants.O_EXCL | constants.O_NOFOLLOW, 0o600);
      try {
        writeFileSync(descriptor, bytes);
      } catch (error) {
        rmSync(file, { force: true });
        throw error;
      } finally {
        closeSync(descriptor);
      }
    },
    read(id) {
      let descriptor: number;
      try {
        descriptor = openSync(fileOf(id), constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK);
      } catch {
        return undefined;
      }
      try {
        return isPrivateFile(fstatSync(descriptor)) ? readFileSync(descriptor) : undefined;
      } finally {
        closeSync(descriptor);
      }
    },
    remove: (id) => rmSync(fileOf(id), { force: true }),
  };
}
