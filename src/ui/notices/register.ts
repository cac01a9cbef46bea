import type { UiContext } from '../shell/context.ts';

/** Loads the notices about this window's workspaces, once the window is up. */
export function registerNotices(context: UiContext, { manageRules }: { manageRules: () => Promise<void> }): void {
  async function load(): Promise<void> {
    const { createNotices } = await import('./notices.ts');
    context.own(createNotices({ ...context, memory: context.memory.global, manageRules, log: context.log.child('notices') }));
  }
  load().catch(context.report);
}
