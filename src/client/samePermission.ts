import type { Request } from '../protocol/model.ts';

/** Both ask leave for exactly the same, byte for byte, in the same folder, and the agent has shown all of it. */
export function isSamePermission(one: Request, other: Request): boolean {
  const [left, right] = [one.permission, other.permission];
  if (left === undefined || right === undefined || left.partial === true || right.partial === true) return false;
  return one.workspaceId === other.workspaceId && left.tool === right.tool && left.input === right.input && left.cwd === right.cwd;
}
