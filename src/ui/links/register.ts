import * as vscode from 'vscode';
import { lazy } from '../../util/lazy.ts';
import { commandIds } from '../ids.ts';
import type { Pages } from '../panel/api.ts';
import type { UiContext } from '../shell/context.ts';
import type { AgentRqApi, PublicBoard } from './publicApi.ts';
import { publicBoard } from './publicBoard.ts';

/** Registers the links of this extension, loaded with the first one, and makes what other extensions get. Both only read and show. */
export function registerLinks(
  context: Pick<UiContext, 'board' | 'api' | 'prompts' | 'l10n' | 'copy' | 'own' | 'report'>,
  { pages }: { pages: Pages },
) {
  const { board } = context;
  const showConnect = (): PromiseLike<void> => vscode.commands.executeCommand(commandIds.connectAgent);
  const load = lazy(async () => (await import('./links.ts')).createLinks({ ...context, pages, showConnect, editor: vscode.env.uriScheme }));
  const open = async (uri: vscode.Uri): Promise<void> => (await load()).open(uri);
  context.own(vscode.window.registerUriHandler({ handleUri: (uri) => open(uri).catch(context.report) }));

  const changed = context.own(new vscode.EventEmitter<void>());
  context.own(board.onDidChange(() => changed.fire()));
  context.own(board.onDidReplace(() => changed.fire()));
  let made: { of: unknown; copy: PublicBoard } | undefined;
  const api: AgentRqApi = Object.freeze({
    version: 1,
    get board() {
      if (made?.of !== board.board) made = { of: board.board, copy: publicBoard(board.board) };
      return made.copy;
    },
    onDidChange: changed.event,
    async show(requestId: string) {
      const request = board.board.requests.get(requestId);
      if (request === undefined) return false;
      await pages.openRequest(request);
      return true;
    },
  });
  return { api, commands: { [commandIds.copyTaskLink]: async (argument: unknown) => (await load()).copy(argument) } };
}
