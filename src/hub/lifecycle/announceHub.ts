import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { readPrivateFile, writePrivateFile } from '../../home/privateFile.ts';
import { type Discovery, discoveryFile } from '../../protocol/discovery.ts';
import { protocolVersion } from '../../protocol/limits.ts';
import { describeError } from '../../util/errors.ts';
import { type Disposable, toDisposable } from '../../util/lifecycle.ts';
import type { Logger } from '../../util/log.ts';

/**
 * Writes the address of this hub into the home folder, and removes it when disposed, unless another hub has replaced it by then. A failure
 * is only logged, because agents that know the address don't need the file.
 */
export function announceHub(deps: { home: string; url: string; hubId: string; version: string; log: Logger }): Disposable {
  const { home, url, hubId, version, log } = deps;
  const file = join(home, discoveryFile);
  const text = `${JSON.stringify({ url, hubId, pid: process.pid, protocolVersion, version } satisfies Discovery)}\n`;
  const attempt = (what: string, act: () => void): void => {
    try {
      act();
    } catch (error) {
      log.error(`${file} could not be ${what}: ${describeError(error)}`);
    }
  };
  attempt('written', () => writePrivateFile(file, text));
  return toDisposable(() => attempt('removed', () => readPrivateFile(file) === text && rmSync(file, { force: true })));
}
