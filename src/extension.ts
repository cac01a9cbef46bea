import { randomBytes, randomUUID } from 'node:crypto';
import { join } from 'node:path';
import * as vscode from 'vscode';
import { refreshScripts } from './agents/installScripts.ts';
import { createBoardStore } from './client/boardStore.ts';
import { createEventStream } from './client/eventStream.ts';
import { createHubApi } from './client/hubApi.ts';
import { createHubLink } from './client/hubLink.ts';
import { defaultHome, readSecret } from './home/ownHub.ts';
import { createProvenFetch } from './home/provenFetch.ts';
import { freePort } from './host/freePort.ts';
import { createHubThread } from './host/hubThread.ts';
import { portHolder } from './host/portHolder.ts';
import { createPractice } from './host/practiceProcess.ts';
import { runProgram } from './host/runProgram.ts';
import { createUserToken } from './host/userToken.ts';
import type { AgentRqApi } from './ui/links/publicApi.ts';
import { registerUi } from './ui/registerUi.ts';
import { watchSettings } from './ui/settings.ts';
import { openFolders } from './ui/shell/workspaceFolders.ts';
import { translate } from './ui/text/l10n.ts';
import { systemClock as clock } from './util/clock.ts';
import { describeError } from './util/errors.ts';
import { DisposableStore } from './util/lifecycle.ts';
import { createLogger } from './util/log.ts';

// The whole extension: a hub (in a thread of its own, or of another window), the stream that follows it, the board that is reduced from the
// stream, and the views that draw the board. User actions go the other way, through `api`.

const store = new DisposableStore();
let stopHub: () => Promise<void> = async () => {};

/** Registers the views and returns what other extensions get; the hub starts afterwards. */
export function activate(context: vscode.ExtensionContext): AgentRqApi {
  context.subscriptions.push(store);
  const version = String((context.extension.packageJSON as { version: unknown }).version);
  const channel = store.add(vscode.window.createOutputChannel('AgentRQ', { log: true }));
  const log = createLogger((level, line) => channel[level](line));
  const report = (error: unknown): void => log.error(describeError(error));
  const random = Math.random;
  const settings = store.add(watchSettings());

  const thread = store.add(
    createHubThread({
      entry: join(context.extensionPath, 'dist', 'hub.cjs'),
      options: () => ({ ...settings.value.hub, version }),
      warn: (notice) => void vscode.window.showWarningMessage(translate(notice, vscode.l10n)),
      log: log.child('hub'),
    }),
  );
  const link = store.add(
    createHubLink({
      startHub: thread.start,
      token: createUserToken({
        secrets: context.secrets,
        newToken: () => randomBytes(32).toString('base64url'),
        ping: () => vscode.languages.getLanguages(),
        clock,
        tell(error) {
          report(error);
          void vscode.window.showWarningMessage(
            vscode.l10n.t(
              'The editor’s secret storage doesn’t work, so AgentRQ goes on with a key for this session alone. Look at the editor’s keyring if this comes again.',
            ),
          );
        },
      }),
      report: (state) => board.report(state),
      clock,
      random,
      log: log.child('link'),
    }),
  );
  const address = () => link.address();
  const home = (): string => settings.value.hub.home ?? defaultHome();
  // Every request to the hub goes over a connection on which the hub has proven to belong to this user.
  const fetch = createProvenFetch(() => readSecret(home()));
  const api = createHubApi({ address, fetch });
  const stream = store.add(createEventStream({ address, fetch, clock, random, log: log.child('stream') }));
  const board = store.add(createBoardStore({ api, stream, clock, random, log: log.child('board') }));
  const folders = store.add(openFolders({ api, board, clock, random, log }));

  /** Updates the scripts that agents start. Their paths stay the same after an update of the extension. */
  function keepScripts(): boolean {
    try {
      return refreshScripts({ from: join(context.extensionPath, 'dist'), home: settings.value.hub.home });
    } catch (error) {
      log.warn(`the scripts that agents start could not be updated: ${describeError(error)}`);
      return true;
    }
  }
  const practice = store.add(
    createPractice({ entry: join(context.extensionPath, 'dist', 'practiceAgent.cjs'), home, log: log.child('practice') }),
  );

  const { ui, exports } = registerUi({
    board,
    api,
    log,
    settings,
    showLog: () => channel.show(),
    restartHub: () => link.restart(),
    portHolder,
    // If the user set a port, the setting is cleared, so the hub chooses. If the hub chose and found none, a free port is set.
    useAnotherPort: async () => settings.setPort(settings.value.hub.port === undefined ? await freePort() : undefined),
    startPractice: (workspaceId) => practice.start(workspaceId),
    address,
    onDidChangeWorkspaces: folders.onDidChange,
    workspaces: () => folders.workspaces,
    clock,
    randomId: randomUUID,
    runCommand: runProgram,
    memory: { workspace: context.workspaceState, global: context.globalState },
    extensionVersion: version,
    dist: join(context.extensionPath, 'dist'),
    keepScripts,
    home,
  });
  store.add(ui);

  store.add(
    link.onDidChangeAddress(() => {
      board.start();
      void folders.open();
    }),
  );
  store.add(link.onDidReturn(() => board.retryNow()));
  // The hub of another window may have ended: the first window to lock the home folder replaces it.
  store.add(board.onDidChangeLink(({ kind }) => kind === 'waiting' && void link.takeOver().catch(report)));

  store.add(settings.onDidChangeHub(() => void link.restart().catch(report)));
  stopHub = () => link.stop();
  link.start().catch(report);
  return exports;
}

/** Stops the hub in order: agents that wait are told to ask again. */
export async function deactivate(): Promise<void> {
  await stopHub();
}
