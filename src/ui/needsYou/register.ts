import * as vscode from 'vscode';
import { lazy } from '../../util/lazy.ts';
import type { Threads } from '../code/api.ts';
import { commandIds, requestType, viewIds } from '../ids.ts';
import type { Pages } from '../panel/api.ts';
import type { UiContext } from '../shell/context.ts';
import type { NeedsYou, NeedsYouDeps, RequestPages } from './api.ts';
import { dismissRequest, openRequest } from './commands.ts';

type Others = Pick<NeedsYouDeps, 'loadOpeners' | 'answered' | 'trouble'> & { pages: Pages; threads: Pick<Threads, 'open'> };

/** Registers *Needs You* and the pages of single requests, loaded when the first of them is seen. */
export function registerNeedsYou(context: UiContext, others: Others) {
  let loaded: NeedsYou | undefined;
  const load = lazy(async () => {
    const { createNeedsYou } = await import('./needsYou.ts');
    loaded = context.own(createNeedsYou({ ...context, ...others, log: context.log.child('inbox'), editor: vscode.env.appName }));
    return loaded;
  });
  context.own(vscode.window.registerWebviewViewProvider(viewIds.inbox, { resolveWebviewView: async (view) => (await load()).show(view) }));
  context.own(
    vscode.window.registerWebviewPanelSerializer(requestType, {
      deserializeWebviewPanel: async (panel, state) => (await load()).restore(panel, state),
    }),
  );
  const requests: RequestPages = {
    open: async (request) => (await load()).open(request),
    review: async (request) => (await load()).review(request),
    inFront: () => loaded?.inFront(),
  };
  const commands = {
    [commandIds.openRequest]: openRequest({ ...context, ...others }),
    [commandIds.dismissRequest]: dismissRequest(context),
  };
  return { requests, commands };
}
