// Connecting agents: the prompts and pages, and the engine that reads and writes agents' config files.

import { ConfigError, type Connection } from '../../agents/config/connectAgent.ts';
import { describeError } from '../../util/errors.ts';
import { DisposableStore } from '../../util/lifecycle.ts';
import { visibleLine } from '../text/visibleText.ts';
import type { Connect, ConnectDeps } from './api.ts';
import { checkEntries, checkEntriesMs, writeAgain } from './checkEntries.ts';
import { createChecks } from './checks.ts';
import { connectFlow } from './connectFlow.ts';
import type { AgentSystem, ConnectContext } from './context.ts';
import { disconnectFlow } from './disconnectFlow.ts';
import { ownSystem } from './ownSystem.ts';
import { replaceTokenFlow } from './replaceTokenFlow.ts';
import { tellMoved } from './tellMoved.ts';

/** @param system the machine that agents run on; default: this one */
export function createConnect(deps: ConnectDeps, system: () => AgentSystem = () => ownSystem(deps)): Connect {
  const { prompts, editor, l10n } = deps;
  const context: ConnectContext = { ...deps, system };
  const store = new DisposableStore();
  /** The missing entries that the user was asked about in this window. */
  const asked = new Set<string>();

  /** Shows a ConfigError as a toast that opens the file. */
  async function explained(run: () => Promise<void>): Promise<void> {
    try {
      await run();
    } catch (error) {
      if (!(error instanceof ConfigError)) throw error;
      const { file, message } = error;
      const pressed = await prompts.toast('error', visibleLine(message), file === undefined ? [] : [l10n.t('Open File')]);
      if (pressed !== undefined && file !== undefined) await editor.openFile(file);
    }
  }

  const checks = store.add(
    createChecks(context, {
      writeAgain: (connection) => writeAgain(context, connection),
      begin: (run) => void explained(run).catch(deps.report),
    }),
  );
  const check = (connection?: Connection): Promise<void> => checks.check(connection);
  const disconnect = (connection?: Connection): Promise<void> => disconnectFlow(context, connection);
  const again = (): Promise<void> => explained(() => checkEntries(context, asked, disconnect));
  async function connect(workspaceId?: string): Promise<void> {
    await connectFlow(context, { check, disconnect }, workspaceId);
    for (const ms of checkEntriesMs) {
      store.add(deps.clock.after(ms, () => void again().catch((error: unknown) => deps.log.error(describeError(error)))));
    }
  }
  return {
    connectAgent: () => explained(() => connect()),
    checkConnection: (agentId) => explained(() => checks.check(undefined, agentId)),
    disconnectAgent: () => explained(() => disconnect()),
    checkEntries: again,
    tellMoved: (url) => explained(() => tellMoved(context, url, connect)),
    replaceToken: (workspaceId) => explained(() => replaceTokenFlow(context, workspaceId, connect)),
    decide: (verdict) => editor.decide(verdict),
    dispose: () => store.dispose(),
  };
}
