import * as z from 'zod/mini';
import { idSchema } from '../ids.ts';
import { limits } from '../limits.ts';
import { agentSchema, workspaceSchema } from '../model.ts';
import { none, operation } from '../operation.ts';
import { inWorkspace, writtenText } from './members.ts';

/** Workspaces, their folders, their agents and the token of those. */
export const workspaceOperations = {
  /** Every workspace. */
  listWorkspaces: operation({
    method: 'GET',
    path: '/workspaces',
    params: none,
    query: none,
    body: none,
    output: z.object({ workspaces: z.array(workspaceSchema) }),
  }),
  /** Finds the workspace of a folder (or of a name, where there is no folder), or makes it. */
  openWorkspace: operation({
    method: 'POST',
    path: '/workspaces',
    params: none,
    query: none,
    body: z.object({
      name: z.string().check(z.trim(), z.minLength(1), z.maxLength(limits.name)),
      description: z._default(writtenText, ''),
      folder: z.optional(z.string().check(z.maxLength(limits.path))),
    }),
    envelope: 'workspace',
    output: z.object({ workspace: workspaceSchema }),
    status: 201,
  }),
  /**
   * The folder of this workspace is open in a window: the hub notes by what it knows the folder again. `former`: the workspace whose folder
   * it was under another path, if this one is new and exactly one with tasks or rules fits.
   */
  noteFolder: operation({
    method: 'POST',
    path: '/workspaces/:workspaceId/folder',
    params: inWorkspace,
    query: none,
    body: none,
    output: z.object({ former: z.optional(workspaceSchema) }),
  }),
  /** Lets a workspace stand for the path that its folder has got; the new workspace of that path has the former path from then on. */
  moveToFolder: operation({
    method: 'POST',
    path: '/workspaces/:workspaceId/folder/move',
    params: inWorkspace,
    query: none,
    body: z.object({ folder: z.string().check(z.maxLength(limits.path)) }),
    output: z.object({ workspace: workspaceSchema }),
  }),
  /** The folder of this workspace isn't looked for under other paths any more, until it is open in a window again. */
  forgetFolder: operation({
    method: 'POST',
    path: '/workspaces/:workspaceId/folder/forget',
    params: inWorkspace,
    query: none,
    body: none,
    output: z.object({ workspace: workspaceSchema }),
  }),
  /** One workspace. */
  getWorkspace: operation({
    method: 'GET',
    path: '/workspaces/:workspaceId',
    params: inWorkspace,
    query: none,
    body: none,
    output: z.object({ workspace: workspaceSchema }),
  }),
  /** The address and the token that an agent of this workspace needs. */
  getWorkspaceToken: operation({
    method: 'GET',
    path: '/workspaces/:workspaceId/token',
    params: inWorkspace,
    query: none,
    body: none,
    output: z.object({ token: z.string(), mcpUrl: z.string() }),
  }),
  /** Takes an agent that isn't connected off the user's list, or puts it back; it is back by itself once it is heard. Nothing else goes. */
  removeAgent: operation({
    method: 'PATCH',
    path: '/workspaces/:workspaceId/agents/:agentId',
    params: z.extend(inWorkspace, { agentId: idSchema }),
    query: none,
    body: z.object({ removed: z.boolean() }),
    envelope: 'agent',
    output: z.object({ agent: agentSchema }),
  }),
  /** Gives the agents of this workspace another token: the last one opens nothing from then on, and what it had opened ends. */
  rotateAgentToken: operation({
    method: 'POST',
    path: '/workspaces/:workspaceId/token/rotate',
    params: inWorkspace,
    query: none,
    body: none,
    output: z.object({ token: z.string(), mcpUrl: z.string() }),
  }),
} as const;
