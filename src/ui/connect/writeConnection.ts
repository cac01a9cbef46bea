import {
  applyFresh,
  ConfigError,
  type Connection,
  type ConnectionKey,
  type ConnectionPlan,
  type ConnectionRequest,
  findConnection,
  listConnections,
  planConnection,
} from '../../agents/config/connectAgent.ts';
import { workspaceName } from '../text/displayNames.ts';
import { agentNames, leftToDo, runsInTerminal } from './agentText.ts';
import type { ConnectContext } from './context.ts';
import { shownPath } from './display.ts';
import { reviewPlan } from './reviewPlan.ts';

/** Shows the plan, applies it, and tells what is left to do. Returns the connection if the user wants to check it. */
export async function writeConnection(context: ConnectContext, request: ConnectionRequest, title: string): Promise<Connection | undefined> {
  const { prompts, l10n } = context;
  const { machine, install } = context.system();
  const byBridge: ConnectionRequest = { ...request, reach: { transport: 'bridge' } };
  const makePlan = (): Promise<ConnectionPlan> => planConnection(machine, request);
  let plan: ConnectionPlan;
  try {
    plan = await makePlan();
  } catch (error) {
    if (!(error instanceof ConfigError) || error.code !== 'git' || request.reach.transport === 'bridge') throw error;
    const pressed = await prompts.confirm(title, error.message, [l10n.t('Connect Through a Bridge')]);
    return pressed === undefined ? undefined : writeConnection(context, byBridge, title);
  }
  const allowed = await mayWriteThere(context, plan, request, title);
  if (allowed === 'without-hooks') return writeConnection(context, { ...request, hooks: false }, title);
  if (allowed === 'no') return undefined;
  if (plan.edits.length > 0) {
    const secret = plan.edits.some(({ holdsToken }) => holdsToken);
    const reviewed = await reviewPlan(context, plan, {
      title,
      placeholder: secret
        ? l10n.t('Nothing is written yet. The token is shown as arq_…••••; the file gets the whole one.')
        : l10n.t('Nothing is written yet. Look at each file, then decide.'),
      write: plan.edits.length === 1 ? l10n.t('Write 1 File') : l10n.t('Write {0} Files', plan.edits.length),
    });
    if (reviewed === 'bridge') return writeConnection(context, byBridge, title);
    if (reviewed === 'cancel') return undefined;
  }
  install();
  const { backups } = await applyFresh(machine, plan, makePlan);
  const copies = backups.length === 0 ? '' : l10n.t('Backups are in {0}.', shownPath(`${machine.home}/backups`, machine));
  const program = runsInTerminal(request.agent) ? request.program : undefined;
  const buttons = [...(program === undefined ? [] : [l10n.t('Start It in a Terminal')]), l10n.t('Check the Connection'), l10n.t('Not Now')];
  const pressed = await prompts.confirm(
    l10n.t('{0} is set up for {1}', agentNames[request.agent], workspaceName(context.board.board, request.workspaceId)),
    [leftToDo(request, l10n).join('\n'), copies].filter((part) => part !== '').join('\n\n'),
    buttons,
    buttons.length - 1,
  );
  if (pressed === undefined || pressed === buttons.length - 1) return undefined;
  if (program !== undefined && pressed === 0) context.editor.startInTerminal(agentNames[request.agent], program, request.folder);
  return written(context, plan.key);
}

/**
 * Whether the plan may write into the project. An untrusted project may contain links or configs of its own there, so nothing is written
 * into it.
 */
async function mayWriteThere(
  { editor, prompts, l10n }: ConnectContext,
  { edits }: ConnectionPlan,
  { agent, hooks }: ConnectionRequest,
  title: string,
): Promise<'yes' | 'without-hooks' | 'no'> {
  const edit = edits.find(({ scope }) => scope === 'project');
  if (edit === undefined || editor.isTrusted()) return 'yes';
  const withoutHooks = agent === 'claudeCode' && hooks;
  const pressed = await prompts.confirm(
    title,
    l10n.t('You don’t trust this folder, so AgentRQ writes no file into it: {0}. Trust it, then try again.', edit.file),
    withoutHooks ? [l10n.t('Connect Without Hooks')] : [],
  );
  return pressed === undefined ? 'no' : 'without-hooks';
}

async function written({ system }: ConnectContext, key: ConnectionKey): Promise<Connection | undefined> {
  const { machine } = system();
  return findConnection(await listConnections(machine), key, machine);
}
