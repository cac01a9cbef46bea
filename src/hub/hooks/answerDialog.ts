import { HubError } from '../../protocol/hubErrors.ts';
import { hookWaitSeconds } from '../../protocol/limits.ts';
import type { Request } from '../../protocol/model.ts';
import { askDialog } from '../service/dialogs.ts';
import { waitsText } from '../service/ownDialogs.ts';
import { type HookCall, type HookDeps, nothing } from './hookCall.ts';
import type { HookAnswer } from './hookEvent.ts';

/**
 * Puts what an agent asks in its own window before the user here as well, and waits for as long as the agent does. Its dialog stays
 * there meanwhile, so nobody is kept waiting by this, and the first answer counts.
 */
export function createDialogAnswerer(deps: HookDeps): (call: HookCall<'dialog'>) => Promise<HookAnswer> {
  return async (call) => {
    const { dialect, event, caller, exchange } = call;
    const request = ask(deps, call);
    if (request === undefined) return nothing;
    const answer = await deps.waits.wait(caller, request, { signal: exchange.signal, waitMs: hookWaitSeconds * 1_000 });
    const written = answer === undefined ? undefined : dialect.write.answer?.(answer, event);
    if (answer === undefined || written === undefined) return nothing;
    // No agent takes words with an approval.
    const isWhole = answer.note === undefined || answer.decision !== 'approve';
    exchange.load({ requestIds: isWhole ? [request.id] : [], verdictIds: isWhole ? [] : [request.id], messageIds: [] });
    return written;
  };
}

function ask({ context, agents }: HookDeps, { event, caller }: HookCall<'dialog'>): Request | undefined {
  try {
    return askDialog(context, caller, event);
  } catch (error) {
    if (!(error instanceof HubError)) throw error;
    agents.noteExternalPrompt(caller.agent.id, waitsText(event.dialog.kind));
    return undefined;
  }
}
