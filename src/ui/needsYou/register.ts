import * as vscode from 'vscode';
import { lazy } from '../../util/lazy.ts';
import type { Threads } from '../code/api.ts';
import { commandIds, viewIds } from '../ids.ts';
import type { Pages } from '../panel/api.ts';
import type { UiContext } from '../shell/context.ts';
import type { InboxDeps } from './api.ts';
import { dismissRequest, openRequest } from './commands.ts';

type Others = Pick<InboxDeps, 'loadOpeners' | 'answered' | 'trouble'> & { pages: Pages; threads: Pick<Threads, 'open'> };

/** Registers *Needs You*, loaded when it is first seen. */
export function registerNeedsYou(context: UiContext, others: Others) {
  const load = lazy(async () => {
    const { createInbox } = await import('./inbox.ts');
    return context.own(createInbox({ ...context, ...others, log: context.log.child('inbox'), editor: vscode.env.appName }));
  });
  context.own(vscode.window.registerWebviewViewProvider(viewIds.inbox, { resolveWebviewView: async (view) => (await load()).show(view) }));
  const commands = {
    [commandIds.openRequest]: openRequest({ ...context, ...others }),
    [commandIds.dismissRequest]: dismissRequest(context),
  };
  return { commands };
}
