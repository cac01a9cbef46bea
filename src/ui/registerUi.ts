import * as vscode from 'vscode';
import type { Disposable } from '../util/lifecycle.ts';
import { registerAgentsView } from './agentsView/register.ts';
import { registerAnswer } from './answer/register.ts';
import { registerCode } from './code/register.ts';
import { registerConnect } from './connect/register.ts';
import { registerDecisions } from './decisions/register.ts';
import { commandIds } from './ids.ts';
import { registerKanban } from './kanban/register.ts';
import { registerLink } from './link/register.ts';
import { createTrouble } from './link/trouble.ts';
import type { AgentRqApi } from './links/publicApi.ts';
import { registerLinks } from './links/register.ts';
import type { NeedsYouDeps } from './needsYou/api.ts';
import { followBadge } from './needsYou/badge.ts';
import { registerNeedsYou } from './needsYou/register.ts';
import { registerNotices } from './notices/register.ts';
import { registerNotifications } from './notifications/register.ts';
import { registerPanel } from './panel/register.ts';
import { registerSend } from './send/register.ts';
import { createUiContext, type UiDeps } from './shell/context.ts';
import { followContext } from './shell/contextKeys.ts';
import { registerCommands } from './shell/registerCommands.ts';
import { showNeedsYou } from './shell/showNeedsYou.ts';
import { registerStatusBar } from './statusBar/register.ts';
import { registerTasks } from './tasks/register.ts';
import { taskRowId } from './tree/taskRow.ts';

/** Registers views, status bar item, notifications, pages, links and commands, until disposed. @returns also what other extensions get */
export function registerUi(deps: UiDeps): { ui: Disposable; exports: AgentRqApi } {
  const { context, store } = createUiContext(deps);
  const trouble = context.own(createTrouble({ ...context, showNeedsYou }));
  const answered: NeedsYouDeps['answered'] = (request, draft) => void answer.answers.offerSame(request, draft).catch(context.report);
  const panel = registerPanel(context, { answered, requests: () => needsYou.requests });
  const { pages } = panel;
  const answer = registerAnswer(context, {
    pages,
    loadDialogs: async (dialogDeps) =>
      (await import('./dialogs/dialogs.ts')).createDialogs({ ...dialogDeps, keepInEditor: context.keepInEditor }),
  });
  const { answers } = answer;
  const tasks = registerTasks(context);
  const send = registerSend(context, { reveal: (taskId) => tasks.tree.select(taskRowId(taskId)) });
  context.own(followContext(context.board, context.keys, vscode.env.appName));
  const code = registerCode(context, { answers });
  const needsYou = registerNeedsYou(context, { trouble, pages, threads: code.threads, answered, loadOpeners: panel.loadOpeners });
  context.own(followBadge(context.board, tasks.tree.view, context.l10n));
  const kanban = registerKanban(context, { tasks: tasks.load });
  const agents = registerAgentsView(context, { answers, undoable: async (done) => (await tasks.load()).undoable(done) });
  const notifications = registerNotifications(context, { answers, replies: send.replies, pages });
  registerLink(context, notifications);
  registerStatusBar(context, notifications);
  registerNotices(context, answers);
  const connect = registerConnect(context);
  const decisions = registerDecisions(context, { pages });
  const links = registerLinks(context, { pages });
  const commands = {
    ...panel.commands,
    ...answer.commands,
    ...send.commands,
    ...code.commands,
    ...needsYou.commands,
    ...tasks.commands,
    ...agents.commands,
    ...kanban.commands,
    ...notifications.commands,
    ...connect.commands,
    ...decisions.commands,
    ...links.commands,
    [commandIds.showLog]: async () => deps.showLog(),
    [commandIds.newTask]: trouble.needsHub(send.commands[commandIds.newTask]),
    [commandIds.sendToAgent]: trouble.needsHub(send.commands[commandIds.sendToAgent]),
    [commandIds.connectAgent]: trouble.needsHub(connect.commands[commandIds.connectAgent]),
    [commandIds.replaceToken]: trouble.needsHub(connect.commands[commandIds.replaceToken]),
    [commandIds.startPracticeAgent]: trouble.needsHub(connect.commands[commandIds.startPracticeAgent]),
    [commandIds.restartHub]: () => trouble.tryAgain(),
    [commandIds.useAnotherPort]: () => deps.useAnotherPort(),
  };
  context.own(registerCommands(commands, context.report));
  return { ui: store, exports: links.api };
}
