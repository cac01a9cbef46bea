import { join } from 'node:path';
import { readPrivateFile, writePrivateFile } from '../../home/privateFile.ts';
import type { Logger } from '../../util/log.ts';

const fileName = 'last-port';

/** The last port of the hub of this home folder; `undefined` if there is no record. */
export function readLastPort(home: string): number | undefined {
  try {
    const port = Number(readPrivateFile(join(home, fileName)));
    return Number.isInteger(port) && port > 0 && port <= 65_535 ? port : undefined;
  } catch {
    return undefined;
  }
}

/** Records the port. Without the record the next hub may use another port and replace agents' tokens; nothing else is lost. */
export function noteLastPort(home: string, port: number, log: Logger): void {
  try {
    writePrivateFile(join(home, fileName), `${port}\n`);
  } catch (error) {
    log.warn(`the port could not be noted: ${String(error)}`);
  }
}
