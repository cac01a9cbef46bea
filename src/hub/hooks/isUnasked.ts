import { serverName } from '../../protocol/serverName.ts';
import { unaskedTools } from '../../protocol/unaskedTools.ts';
import type { HookEventOf } from './hookEvent.ts';

/**
 * Whether a permission is for nothing but to ask, report or read on the hub's own board, so that the user need not be asked: for one of
 * those tools, of the server that the workspace's entry is named after. Of any other server, and where the user wants to be asked, the
 * permission is one like all others.
 */
export function isUnasked({ unsetTool }: HookEventOf<'permission'>, workspaceId: string): boolean {
  return unsetTool?.server === serverName(workspaceId) && unaskedTools.some((name) => name === unsetTool.tool);
}
