import type { LoadDialogs } from './api.ts';

/** Answering loads agents' own dialogs with the first one. */
export const loadDialogs: LoadDialogs = async (deps) => (await import('./dialogs.ts')).createDialogs(deps);
