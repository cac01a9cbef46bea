import { lstat, mkdir, readFile, readlink, realpath, rm, rmdir, stat } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';
import { type Sentence, translatable } from '../../util/sentence.ts';
import { ConfigError } from './configError.ts';
import { replaceFile } from './replaceFile.ts';

/** What is at a path. */
export interface DiskFile {
  /** Where it really is: links are followed, also those to files that aren't there. */
  target: string;
  /** Its text, and its permission bits. Absent if there is no file. */
  present?: { text: string; mode: number };
  /** The folders on the way that aren't there, outermost first. */
  missing: string[];
}

/** The few things that are done to files. */
export interface Disk {
  /** @throws ConfigError `unreadable` if it isn't a file of UTF-8 text */
  look(path: string): Promise<DiskFile>;
  /** Puts the whole file in place, with this mode, in folders that are made if need be. If it fails, what was there is still there. */
  write(target: string, text: string, mode: number): Promise<void>;
  remove(target: string): Promise<void>;
  /** Removes a folder if it is there and empty. */
  removeEmptyFolder(folder: string): Promise<void>;
}

/** The machine's disk. */
export const systemDisk: Disk = {
  async look(path) {
    const target = await follow(path);
    const missing = await missingFolders(dirname(target));
    const stats = await stat(target).catch(absent);
    if (stats === undefined) return { target, missing };
    if (!stats.isFile()) throw unreadable(path, translatable('it is not a file'));
    try {
      const text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(await readFile(target));
      return { target, missing, present: { text, mode: stats.mode & 0o777 } };
    } catch (error) {
      throw unreadable(path, error instanceof TypeError ? translatable('it is not UTF-8 text') : translatable('reading it failed'), error);
    }
  },

  async write(target, text, mode) {
    await mkdir(dirname(target), { recursive: true, mode: folderMode(mode) });
    await replaceFile(target, text, mode);
  },

  remove: (target) => rm(target, { force: true }),

  async removeEmptyFolder(folder) {
    // One that is not empty, or gone, stays as it is.
    await rmdir(folder).catch(() => {});
  },
};

/** Who may read the file may enter its folder. */
function folderMode(mode: number): number {
  return 0o700 | (mode & 0o044) | ((mode & 0o044) >> 2);
}

function absent(error: unknown): undefined {
  if (error instanceof Error && 'code' in error && (error.code === 'ENOENT' || error.code === 'ENOTDIR')) return undefined;
  throw error;
}

function unreadable(path: string, why: Sentence, cause?: unknown): ConfigError {
  return new ConfigError('unreadable', translatable('{0} can’t be read: {1}. Look at it there, then try again.', path, why), {
    cause,
    file: path,
  });
}

/** Where a path leads, also if the last link leads nowhere yet. */
async function follow(path: string, links = 0): Promise<string> {
  const real = await realpath(path).catch(absent);
  if (real !== undefined) return real;
  const link = await lstat(path).catch(absent);
  if (link?.isSymbolicLink() === true) {
    if (links > 40) throw unreadable(path, translatable('its links go in circles'));
    return follow(resolve(dirname(path), await readlink(path)), links + 1);
  }
  const parent = dirname(path);
  return parent === path ? path : join(await follow(parent, links), basename(path));
}

async function missingFolders(folder: string): Promise<string[]> {
  const missing: string[] = [];
  for (let current = folder; (await stat(current).catch(absent)) === undefined; current = dirname(current)) {
    missing.unshift(current);
    if (dirname(current) === current) break;
  }
  return missing;
}
