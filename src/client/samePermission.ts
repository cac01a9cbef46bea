import type { Request } from '../protocol/model.ts';

/** Both ask leave for exactly the same, byte for byte, for the same reason in the same folder, and the agent has shown all of it. */
export function isSamePermission(one: Request, other: Request): boolean {
  const [left, right] = [one.permission, other.permission];
  if (left === undefined || right === undefined || left.partial === true || right.partial === true) return false;
  const isSame = left.tool === right.tool && left.input === right.input && left.cwd === right.cwd;
  return isSame && left.description === right.description && one.workspaceId === other.workspaceId;
}
