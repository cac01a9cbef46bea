import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { createPrivateFile, readPrivateBytes } from '../../home/privateFile.ts';
import { idSchema } from '../../protocol/ids.ts';

/** The bytes of the attachments: one file for each, named by its id and nothing else. */
export interface AttachmentFiles {
  write(id: string, bytes: Uint8Array): void;
  /** `undefined` if it isn't there, or isn't the hub's alone. */
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
      mkdirSync(folder, { recursive: true, mode: 0o700 });
      createPrivateFile(fileOf(id), bytes);
    },
    read(id) {
      try {
        return readPrivateBytes(fileOf(id));
      } catch {
        return undefined;
      }
    },
    remove: (id) => rmSync(fileOf(id), { force: true }),
  };
}
