import { execFile } from 'node:child_process';
import { type Machine, systemDetection } from '../config/connectAgent.ts';

/** The Node that agents start our scripts with: `undefined` if there is none on the PATH, no version if it doesn't run. */
export interface FoundNode {
  path: string;
  /** `24.21.0` */
  version?: string;
}

/** Looks for Node on the PATH of this process, which is not always that of an agent. */
export async function findNode(machine: Machine): Promise<FoundNode | undefined> {
  const path = await systemDetection(machine).which('node');
  if (path === undefined) return undefined;
  const version = await new Promise<string>((resolve) =>
    execFile(path, ['--version'], { timeout: 5_000, windowsHide: true }, (_, stdout) => resolve(stdout)),
  );
  const [, digits] = /^v(\d+\.\d+\.\d+)/.exec(version) ?? [];
  return { path, ...(digits !== undefined && { version: digits }) };
}
