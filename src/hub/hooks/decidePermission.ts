import { HubError } from '../../protocol/hubErrors.ts';
import { hookWaitSeconds } from '../../protocol/limits.ts';
import type { Request } from '../../protocol/model.ts';
import { waitsToUse } from '../service/ownDialogs.ts';
import { askPermission } from '../service/permissions.ts';
import { type HookCall, type HookDeps, nothing } from './hookCall.ts';
import type { HookAnswer } from './hookEvent.ts';

/** Puts a permission before the user, and waits for the verdict as long as the agent does. After that its own dialog decides. */
export function createPermissionDecider(deps: HookDeps): (call: HookCall<'permission'>) => Promise<HookAnswer> {
  return async (call) => {
    const { dialect, event, caller, exchange } = call;
    const request = ask(deps, call);
    if (request === undefined) return nothing;
    const answer = await deps.waits.wait(caller, request, { signal: exchange.signal, waitMs: hookWaitSeconds * 1_000 });
    if (answer === undefined) return nothing;
    const { decision, note } = answer;
    const { allow, deny } = dialect.write;
    const written = decision === 'allow' ? allow?.(event) : deny?.(note ?? 'The user has denied this.', event);
    if (written === undefined) return nothing;
    // No agent takes words with an allow.
    const isWhole = note === undefined || decision !== 'allow';
    exchange.load({ requestIds: isWhole ? [request.id] : [], verdictIds: isWhole ? [] : [request.id], messageIds: [] });
    return written;
  };
}

function ask({ context, agents }: HookDeps, { event, caller }: HookCall<'permission'>): Request | undefined {
  const { permission, externalId } = event;
  try {
    return askPermission(context, caller, { source: 'hook', permission, externalId });
  } catch (error) {
    if (!(error instanceof HubError)) throw error;
    agents.noteExternalPrompt(caller.agent.id, waitsToUse(permission.tool));
    return undefined;
  }
}
