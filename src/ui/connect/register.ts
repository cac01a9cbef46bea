import { lazy } from '../../util/lazy.ts';
import { commandIds } from '../ids.ts';
import type { UiContext } from '../shell/context.ts';
import type { Connect } from './api.ts';
import { checkConnection, connectAgent, decideChanges, disconnectAgent, replaceToken, startPracticeAgent } from './commands.ts';
import { registerMcpProvider } from './mcpProvider.ts';

/** The storage key of the hub's last known address. */
const addressKey = 'agentrq.hubAddress';

/** Registers what connects agents. The bundle is loaded by a command, or when the hub's workspaces are known and agents are connected. */
export function registerConnect(context: UiContext) {
  const { memory, settings } = context;
  const connect = lazy(async (): Promise<Connect> => {
    const { createConnect, createConnectEditor } = await import('./bundle.ts');
    const editor = context.own(createConnectEditor((isReviewing) => context.keys.set('agentrq.reviewing', isReviewing)));
    const home = (): string | undefined => settings.value.hub.home;
    return context.own(createConnect({ ...context, editor, home, scripts: context.dist, log: context.log.child('connect') }));
  });

  /** Tells the user once about a new address of the hub, and asks about missing entries. */
  async function checkAgents(): Promise<void> {
    if (!context.keepScripts()) return;
    const { url } = await context.address();
    const { tellMoved, checkEntries } = await connect();
    if (memory.global.get(addressKey) !== url) {
      await memory.global.update(addressKey, url);
      await tellMoved(url);
    }
    await checkEntries();
  }

  context.own(context.onDidChangeWorkspaces(() => void checkAgents().catch(context.report)));
  context.own(registerMcpProvider({ ...context, bridge: `${context.dist}/bridge.cjs`, version: context.extensionVersion }));
  const commands = {
    [commandIds.connectAgent]: connectAgent({ connect }),
    [commandIds.writeChanges]: decideChanges({ connect }, 'write'),
    [commandIds.discardChanges]: decideChanges({ connect }, 'cancel'),
    [commandIds.checkConnection]: checkConnection({ connect }),
    [commandIds.disconnectAgent]: disconnectAgent({ connect }),
    [commandIds.replaceToken]: replaceToken({ connect }),
    [commandIds.startPracticeAgent]: startPracticeAgent(context),
  };
  return { commands };
}
