import * as z from 'zod';
import { serverName } from '../../protocol/names.ts';
import { attempt } from '../../util/errors.ts';
import type { ToolUseReport } from './hookEvent.ts';

/** Tools of the hub with which an agent takes the task that it names. */
const taking: ReadonlySet<string> = new Set(['updateTaskStatus', 'reply']);

const inputSchema = z.object({
  taskId: z.string().optional(),
  task_id: z.string().optional(),
  chatId: z.string().optional(),
  chat_id: z.string().optional(),
});

/**
 * The task that a session works on, as its use of one of the hub's own tools says: agents put the name of the server before that of the
 * tool, each in its own way. `undefined` if it was another tool, or the server of another workspace.
 */
export function taskInUse({ tool, input }: ToolUseReport, workspaceId: string): string | undefined {
  if (!taking.has(partsOf(tool).at(-1) ?? '') || !isOwnTool(tool, workspaceId)) return undefined;
  const { data } = inputSchema.safeParse(attempt((): unknown => JSON.parse(input)));
  return data?.taskId ?? data?.task_id ?? data?.chatId ?? data?.chat_id;
}

/** Whether a tool is one of the hub's own, as this workspace has them. */
export function isOwnTool(tool: string, workspaceId: string): boolean {
  return partsOf(tool).slice(-3, -1).join('-') === serverName(workspaceId);
}

function partsOf(tool: string): string[] {
  return tool.split(/[-_]+/);
}
