import { join } from 'node:path';
import { readPrivateFile, writePrivateFile } from '../../home/privateFile.ts';
import type { Logger } from '../../util/log.ts';

const fileName = 'last-port';

/** Where the hub of this home folder was the last time; `undefined` if nobody knows. */
export function readLastPort(home: string): number | undefined {
  try {
    const port = Number(readPrivateFile(join(home, fileName)));
    return Number.isInteger(port) && port > 0 && port <= 65_535 ? port : undefined;
  } catch {
    return undefined;
  }
}

/** Without the note the hub may be elsewhere the next time, and agents get other tokens: no more is lost. */
export function noteLastPort(home: string, port: number, log: Logger): void {
  try {
    writePrivateFile(join(home, fileName), `${port}\n`);
  } catch (error) {
    log.warn(`the port could not be noted: ${String(error)}`);
  }
}
