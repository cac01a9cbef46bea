import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { readPrivateFile, writePrivateFile } from '../../home/privateFile.ts';
import { isObject } from '../../protocol/rpc.ts';
import { attempt } from '../../util/errors.ts';
import { parseObject } from '../../util/parseObject.ts';

/** By method, what the hub said of itself and its tools. No token is in it. */
export type Lists = Readonly<Record<string, Readonly<Record<string, unknown>>>>;

/** What the hub said last, in the home folder: for an agent that starts while no hub is there, and asks what it can do once. */
export interface KeptLists {
  load(): Lists;
  /** Does nothing before `load`. */
  save(lists: Lists): void;
}

/** @param deps.script the bridge's own file: what another version of it has kept says nothing */
export function createKeptLists({ home, workspaceId, script }: { home: string; workspaceId: string; script: string }): KeptLists {
  const folder = join(home, 'known');
  const file = join(folder, `${workspaceId}.json`);
  let version: string | undefined;
  let kept: string | undefined;

  return {
    load() {
      version = attempt(() => createHash('sha256').update(readFileSync(script)).digest('hex'));
      kept = attempt(() => readPrivateFile(file));
      const read = kept === undefined ? undefined : parseObject(kept);
      if (read === undefined || version === undefined || read['version'] !== version || !isObject(read['lists'])) return {};
      return Object.fromEntries(Object.entries(read['lists']).flatMap(([method, list]) => (isObject(list) ? [[method, list]] : [])));
    },
    save(lists) {
      const text = JSON.stringify({ version, lists });
      if (version === undefined || text === kept || !existsSync(home)) return;
      kept = text;
      attempt(() => {
        mkdirSync(folder, { recursive: true, mode: 0o700 });
        writePrivateFile(file, text);
      });
    },
  };
}
