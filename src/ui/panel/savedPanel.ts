import type { SavedPanel } from '../../protocol/toPanelPage.ts';

const idPattern = /^[0-9A-Za-z]{11}$/;

/** What a page left behind by which its panel is found again; `undefined` if it left nothing that says so. */
export function readSavedPanel(state: unknown): SavedPanel | undefined {
  const saved = typeof state === 'object' && state !== null && 'saved' in state ? state.saved : undefined;
  if (typeof saved !== 'object' || saved === null) return undefined;
  const { workspaceId, taskId, title } = saved as Partial<Record<keyof SavedPanel, unknown>>;
  if (typeof workspaceId !== 'string' || typeof taskId !== 'string' || typeof title !== 'string') return undefined;
  return idPattern.test(workspaceId) && idPattern.test(taskId) ? { workspaceId, taskId, title } : undefined;
}
