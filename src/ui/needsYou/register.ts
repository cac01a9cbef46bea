import * as vscode from 'vscode';
import { lazy } from '../../util/lazy.ts';
import type { Threads } from '../code/api.ts';
import { commandIds, viewIds } from '../ids.ts';
import type { Trouble } from '../link/api.ts';
import type { Pages } from '../panel/api.ts';
import type { UiContext } from '../shell/context.ts';
import { followBoard } from '../shell/followBoard.ts';
import { RowTreeView } from '../tree/rowTreeView.ts';
import type { InboxDeps, NeedsYouParts } from './api.ts';
import { dismissRequest, openRequest } from './commands.ts';

type Others = Pick<InboxDeps, 'loadOpeners' | 'answered'> & {
  pages: Pages;
  threads: Pick<Threads, 'open'>;
  trouble: Pick<Trouble, 'rows' | 'state' | 'onDidChange'>;
};

/** Registers *Needs You*, as rows and as cards: a setting says which of both is there. What it shows is loaded with the first of it. */
export function registerNeedsYou(context: UiContext, others: Others) {
  const { board, clock, l10n } = context;
  let parts: NeedsYouParts | undefined;
  const load = lazy(async () => {
    const { createNeedsYou } = await import('./needsYou.ts');
    parts = createNeedsYou({ ...context, ...others, log: context.log.child('inbox'), editor: vscode.env.appName });
    return context.own(parts);
  });
  const tree = context.own(
    new RowTreeView({
      id: viewIds.needsYou,
      rows: () => [...others.trouble.rows(clock.now()), ...(parts?.rows(board.board, clock.now(), l10n) ?? [])],
      clock,
      ticking: true,
      load,
    }),
  );
  tree.own(followBoard(board, () => tree.refresh()));
  tree.own(others.trouble.onDidChange(() => tree.refresh()));
  context.own(vscode.window.registerWebviewViewProvider(viewIds.inbox, { resolveWebviewView: async (view) => (await load()).show(view) }));
  const commands = {
    [commandIds.openRequest]: openRequest({ ...context, ...others }),
    [commandIds.dismissRequest]: dismissRequest(context),
  };
  return { tree, commands };
}
