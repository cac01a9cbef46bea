import { describeError } from '../../util/errors.ts';
import { translatable } from '../../util/sentence.ts';
import { backUp } from './backUp.ts';
import { ConfigError } from './configError.ts';
import type { Machine } from './machine.ts';
import { lockOf } from './places.ts';
import type { ConnectionPlan } from './planConnection.ts';
import type { FileEdit } from './planFiles.ts';
import { whileLocked } from './whileLocked.ts';

/** What was done. */
export interface Applied {
  /** Where the files were copied to before they were changed. */
  backups: { file: string; copy: string }[];
}

/**
 * Writes what a plan says: all of it, or nothing. Every file is checked first, copied, and put in place whole; the note of what was
 * written is there before the first of them, so nothing of ours is ever unknown.
 * @throws ConfigError `changed` if a file is not what the plan saw, or `not-writable`
 */
export async function applyPlan(machine: Machine, plan: ConnectionPlan): Promise<Applied> {
  const { disk } = machine;
  const { note, edits } = plan;
  const noteFile = await disk.look(note.file);
  if (noteFile.present?.text !== note.present) throw changed(note.file);
  for (const edit of edits) {
    await checkUnchanged(machine, edit);
    if (edit.present !== undefined && (edit.mode & 0o200) === 0) {
      throw new ConfigError(
        'not-writable',
        translatable('{0} is read-only, so nothing was changed. Make it writable, then try again.', edit.file),
        {
          file: edit.file,
        },
      );
    }
  }
  const backups: Applied['backups'] = [];
  const done: FileEdit[] = [];
  let current = note.file;
  try {
    for (const { file, target, present } of edits) {
      current = file;
      if (present !== undefined) backups.push({ file, copy: await backUp(machine, target, present) });
    }
    current = note.file;
    await disk.write(noteFile.target, note.next, 0o600);
    for (const edit of edits) {
      current = edit.file;
      const lock = lockOf(edit.file);
      const write = async (): Promise<true> => {
        // Some agents write their configs all the time, so this is looked at again as late as can be.
        await checkUnchanged(machine, edit);
        done.push(edit);
        await put(machine, edit.target, edit.next, edit.mode);
        return true;
      };
      const isWritten = lock === undefined ? await write() : await whileLocked(lock, machine.clock, write);
      if (isWritten === undefined) throw changed(edit.file);
    }
  } catch (error) {
    const left = await rollBack(machine, plan, noteFile.target, done);
    if (error instanceof ConfigError && left.length === 0) throw error;
    const rest =
      left.length === 0
        ? translatable('nothing was changed')
        : translatable('{0} could not be put back; copies are in {1}', left.join(', '), machine.home);
    throw new ConfigError(
      'not-writable',
      translatable(
        'Writing {0} failed, so {1}. Look at the rights of the file and its folder, then try again. ({2})',
        current,
        rest,
        describeError(error),
      ),
      { cause: error, file: current },
    );
  }
  for (const folder of plan.emptied) await disk.removeEmptyFolder(folder);
  return { backups };
}

async function checkUnchanged({ disk }: Machine, edit: FileEdit): Promise<void> {
  const { target, present } = await disk.look(edit.file);
  if (target !== edit.target || present?.text !== edit.present) throw changed(edit.file);
}

function changed(file: string): ConfigError {
  return new ConfigError(
    'changed',
    translatable('{0} was changed a moment ago, so nothing was written. Look at the changes again, then try again.', file),
    {
      file,
    },
  );
}

async function put({ disk }: Machine, target: string, text: string | undefined, mode: number): Promise<void> {
  if (text === undefined) await disk.remove(target);
  else await disk.write(target, text, mode);
}

/** Puts back what was there, newest first, and says of which files it failed. A file that somebody else wrote meanwhile is theirs. */
async function rollBack(machine: Machine, plan: ConnectionPlan, noteTarget: string, done: readonly FileEdit[]): Promise<string[]> {
  const { disk } = machine;
  const left: string[] = [];
  for (const edit of done.toReversed()) {
    try {
      const now = await disk.look(edit.file);
      const untouched = now.present?.text === edit.present;
      if (!untouched && now.present?.text === edit.next) await put(machine, edit.target, edit.present, edit.mode);
      else if (!untouched) left.push(edit.file);
      for (const folder of edit.folders.toReversed()) await disk.removeEmptyFolder(folder);
    } catch {
      left.push(edit.file);
    }
  }
  try {
    // Without the note, AgentRQ would not know later that it wrote what could not be put back.
    if (left.length === 0) await put(machine, noteTarget, plan.note.present, 0o600);
  } catch {
    left.push(plan.note.file);
  }
  return left;
}
