import type { ToolName } from './tools.ts';

/**
 * What each tool does to the user and their things. `asks`, `reports` and `reads`: an agent may use it without asking for permission,
 * because all that can come of it is something on the board. `changes`: it deletes or configures, so the agent asks first.
 */
type Effect = 'asks' | 'reports' | 'reads' | 'changes';

/** Without its tool in here nothing compiles, and `changes` is right until somebody has shown that it is less. */
export const toolEffects: { readonly [N in ToolName]: Effect } = {
  createTask: 'reports',
  updateTaskStatus: 'reports',
  reply: 'reports',
  getTask: 'reports',
  getWorkspace: 'reads',
  downloadAttachment: 'reads',
  askHuman: 'asks',
  requestReview: 'asks',
  waitForReply: 'asks',
  requestPermission: 'asks',
};

/** The tools of the hub that an agent may use without asking: those that ask, report or read. */
export const unaskedTools: readonly ToolName[] = (Object.keys(toolEffects) as ToolName[]).filter((name) => toolEffects[name] !== 'changes');
