import type { SavedPanel } from '../../protocol/toPanelPage.ts';

const idPattern = /^[0-9A-Za-z]{11}$/;

/** The task in the state that a page saved; `undefined` if it has none. */
export function readSavedPanel(state: unknown): SavedPanel | undefined {
  const saved = typeof state === 'object' && state !== null && 'saved' in state ? state.saved : undefined;
  if (typeof saved !== 'object' || saved === null) return undefined;
  const { workspaceId, taskId, title } = saved as Partial<Record<keyof SavedPanel, unknown>>;
  if (typeof workspaceId !== 'string' || typeof taskId !== 'string' || typeof title !== 'string') return undefined;
  return idPattern.test(workspaceId) && idPattern.test(taskId) ? { workspaceId, taskId, title } : undefined;
}
