import { join } from 'node:path';
import * as z from 'zod';
import { readPrivateFile } from '../../home/privateFile.ts';
import { wakeFileName } from '../../protocol/wake.ts';

const wakeFileSchema = z.record(z.string(), z.object({ codex: z.object({ program: z.string() }).optional().catch(undefined) }).optional());

/**
 * The program by which Codex of a workspace may be woken, as the user has allowed it when it was connected. No agent can write where that
 * stands; a file that others than the user can get at says nothing.
 */
export function queueProgram(home: string, workspaceId: string): string | undefined {
  let json: unknown;
  try {
    json = JSON.parse(readPrivateFile(join(home, wakeFileName)) ?? '{}');
  } catch {
    return undefined;
  }
  return wakeFileSchema.safeParse(json).data?.[workspaceId]?.codex?.program;
}
