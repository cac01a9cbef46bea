import type { Place } from '../../protocol/model.ts';
import { agentsThere, type Recipient, recipientItems, whenSeen } from '../shell/recipients.ts';
import { distinctAgentName, joinParts, workspaceName } from '../text/displayNames.ts';
import { truncate } from '../text/truncate.ts';
import { visibleLine } from '../text/visibleText.ts';
import type { SendDeps } from './api.ts';

/** A task as the user wrote it. `key` makes a second attempt the same task. */
export interface NewTask {
  workspaceId: string;
  title: string;
  body: string;
  place?: Place;
  key: string;
}

export type GiveDeps = Pick<SendDeps, 'board' | 'api' | 'prompts' | 'clock' | 'connect' | 'reveal' | 'l10n'>;

/** Asks for the recipient of a task, where an agent is there. `undefined`: the user went away. */
export async function pickRecipient(deps: GiveDeps, workspaceId: string, title: string): Promise<Recipient | undefined> {
  const { board, prompts, clock, l10n } = deps;
  const items = recipientItems(board.board, workspaceId, clock.now(), l10n);
  if (items.length === 1) return { kind: 'queue' };
  const picked = await prompts.pickOne(items, { title, placeholder: l10n.t('Who should do it?') });
  return picked.kind === 'picked' ? picked.value : undefined;
}

/** Creates the task, tells its agent to begin, and says what happens with it. Fails like `HubApi.call`. */
export async function giveTask(deps: GiveDeps, wanted: NewTask, recipient: Recipient): Promise<void> {
  const { board, api, prompts, l10n } = deps;
  const { workspaceId, key } = wanted;
  const meant = recipient.kind === 'agent' ? { agentId: recipient.agent.id } : {};
  const { task } = await api.call('createTask', { ...wanted, assignee: 'agent', ...meant });
  if (recipient.kind === 'agent') {
    const { agent } = recipient;
    await api.call('replyToTask', { workspaceId, taskId: task.id, text: l10n.t('Please begin with this task now.'), key: `${key}-now` });
    prompts.showStatus(joinParts([l10n.t('Sent to {0}', distinctAgentName(board.board, agent, l10n)), whenSeen(board.board, agent, l10n)]));
    deps.reveal(task.id);
    return;
  }
  deps.reveal(task.id);
  const workspace = workspaceName(board.board, workspaceId);
  if (agentsThere(board.board, workspaceId, deps.clock.now()).length > 0) {
    prompts.showStatus(l10n.t('Added to the queue in {0}, as number {1}.', workspace, placeInQueue(deps, workspaceId, task.id)));
    return;
  }
  const title = truncate(visibleLine(wanted.title), 60);
  void offerConnect(deps, l10n.t('“{0}” is in the queue in {1}. No agent is connected there yet.', title, workspace));
}

/** Nobody would take the task, so the user is offered to connect an agent. The toast may stay open for long; nothing waits for it. */
async function offerConnect({ prompts, connect, l10n }: GiveDeps, text: string): Promise<void> {
  if ((await prompts.toast('info', text, [l10n.t('Connect an Agent')])) === 0) connect();
}

/** The place of a task among those that any agent may take, from 1. The board may not have it yet; then it is the last. */
function placeInQueue({ board }: GiveDeps, workspaceId: string, taskId: string): number {
  const before = [...board.board.tasks.values()].filter(
    (task) =>
      task.id !== taskId &&
      task.workspaceId === workspaceId &&
      task.status === 'notstarted' &&
      task.assignee === 'agent' &&
      task.agentId === undefined &&
      task.archivedAt === undefined,
  );
  return before.length + 1;
}
