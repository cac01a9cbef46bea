import { HubError } from '../../protocol/hubErrors.ts';
import type { Request, Task } from '../../protocol/model.ts';
import type { OperationName, OperationOutput, ParsedOperationInput } from '../../protocol/operations.ts';
import { createAnnouncements } from '../service/announcements.ts';
import { answerRequest, dismissRequest } from '../service/answers.ts';
import type { ServiceContext } from '../service/context.ts';
import { importDecisions, listDecisions } from '../service/decisions.ts';
import { findWorkspace } from '../service/lookup.ts';
import { replyAsUser } from '../service/messages.ts';
import { forgetFolder, moveToFolder, noteFolder } from '../service/movedFolders.ts';
import { moveTaskAsUser } from '../service/moveTask.ts';
import { refuseLater } from '../service/refuseLater.ts';
import { removeAgent } from '../service/removeAgent.ts';
import { respondToTask } from '../service/respondToTask.ts';
import { retractAnswer } from '../service/retractAnswer.ts';
import { broadestRules, createRule, deleteRule, importRules, previewRule, proposeRulesFor, reviewRules } from '../service/rules.ts';
import { readSnapshot } from '../service/snapshot.ts';
import { stopTask } from '../service/stopTask.ts';
import { createTask, deleteTask, listTasks, markSeen, readThread } from '../service/tasks.ts';
import { updateTask } from '../service/updateTask.ts';
import { openWorkspace } from '../service/workspaces.ts';
import { withPermissionMessages, withRules, withThread } from './agentrqViews.ts';

/** What the hub says of itself. */
export interface HubIdentity {
  hubId: string;
  /** Gives the place up if `version` is newer; tells whether it does. */
  stepDown: (version: string) => boolean;
  mcpUrl: (workspaceId: string) => string;
  agentToken: (workspaceId: string) => string;
  /** Another token for the agents of a workspace. What was open with the last one has ended when this returns. */
  rotateAgentToken: (workspaceId: string) => void;
}

type Handlers = { [N in OperationName]: (input: ParsedOperationInput<N>) => OperationOutput<N> | Promise<OperationOutput<N>> };

/** What each operation of the user does; a forgotten one doesn't compile. */
export function createOperationHandlers(context: ServiceContext, identity: HubIdentity): Handlers {
  const { store } = context;
  const accessOf = (workspaceId: string): OperationOutput<'getWorkspaceToken'> => ({
    token: identity.agentToken(workspaceId),
    mcpUrl: identity.mcpUrl(workspaceId),
  });
  const announcements = createAnnouncements();
  return {
    stepDown: ({ version }) => ({ accepted: identity.stepDown(version) }),
    claimAnnouncement: ({ id, windowId }) => ({ granted: announcements.claim(id, windowId) }),
    getBoard: () => readSnapshot(context, identity.hubId),
    listWorkspaces: () => ({ workspaces: store.workspaces.all() }),
    openWorkspace: (input) => ({ workspace: openWorkspace(context, input) }),
    noteFolder: async ({ workspaceId }) => ({ former: await noteFolder(context, workspaceId) }),
    moveToFolder: async ({ workspaceId, folder }) => ({ workspace: await moveToFolder(context, workspaceId, folder) }),
    forgetFolder: ({ workspaceId }) => ({ workspace: forgetFolder(context, workspaceId) }),
    getWorkspace: ({ workspaceId }) => ({ workspace: withRules(context, findWorkspace(store, workspaceId)) }),
    getWorkspaceToken: ({ workspaceId }) => {
      findWorkspace(store, workspaceId);
      return accessOf(workspaceId);
    },
    removeAgent: ({ workspaceId, agentId, removed }) => ({ agent: removeAgent(context, workspaceId, agentId, removed) }),
    rotateAgentToken: ({ workspaceId }) => {
      findWorkspace(store, workspaceId);
      identity.rotateAgentToken(workspaceId);
      return accessOf(workspaceId);
    },
    listDecisions: (input) => listDecisions(context, input),
    importDecisions: ({ decisions }) => ({ imported: importDecisions(context, decisions) }),
    listTasks: (input) => {
      const tasks = listTasks(context, input);
      return { tasks: input.filter === undefined ? tasks : tasks.map((task: Task) => withPermissionMessages(context, task)) };
    },
    getTask: ({ workspaceId, taskId }) => {
      const thread = readThread(context, workspaceId, taskId);
      return { ...thread, task: withThread(context, thread.task, thread.messages) };
    },
    createTask: ({ cronSchedule, eventId, ...input }) => {
      refuseLater({ cronSchedule, eventId });
      return { task: createTask(context, { ...input, createdBy: 'human' }) };
    },
    replyToTask: (input) => replyAsUser(context, input),
    changeTaskStatus: ({ workspaceId, taskId, value }) => ({ task: moveTaskAsUser(context, workspaceId, taskId, value) }),
    respondToTask: (input) => ({ task: respondToTask(context, input) }),
    updateTask: (input) => ({ task: updateTask(context, input) }),
    stopTask: (input) => ({ task: stopTask(context, input) }),
    markSeen: ({ workspaceId, taskId }) => ({ task: markSeen(context, workspaceId, taskId) }),
    deleteTask: ({ workspaceId, taskId }) => ({ task: deleteTask(context, workspaceId, taskId) }),
    answerRequest: ({ workspaceId, requestId, rule, ...answer }) => ({
      request: context.transact(() => {
        const made = rule !== undefined && answer.decision === 'allow' ? createRule(context, workspaceId, rule) : undefined;
        return answerRequest(context, workspaceId, requestId, answer, { madeRuleId: made?.id });
      }),
    }),
    retractAnswer: ({ workspaceId, requestId }) => ({ request: retractAnswer(context, workspaceId, requestId) }),
    dismissRequest: ({ workspaceId, requestId }) => ({ request: dismissRequest(context, workspaceId, requestId) }),
    decidePermission: ({ workspaceId, requestId, behavior }) => ({
      request: decidePermission(context, workspaceId, requestId, behavior),
    }),
    proposeRules: ({ workspaceId, requestId }) => ({ proposals: proposeRulesFor(context, workspaceId, requestId) }),
    listRules: ({ workspaceId }) => ({ rules: store.rules.ofWorkspace(findWorkspace(store, workspaceId).id) }),
    reviewRules: ({ workspaceId }) => ({ rules: reviewRules(context, workspaceId) }),
    previewRule: ({ workspaceId, text }) => ({ preview: previewRule(context, workspaceId, text) }),
    createRule: ({ workspaceId, ...rule }) => ({ rule: createRule(context, workspaceId, rule) }),
    importRules: ({ workspaceId, rules }) => importRules(context, workspaceId, rules),
    deleteRule: ({ workspaceId, ruleId }) => ({ rule: deleteRule(context, workspaceId, ruleId) }),
  };
}

/** AgentRQ's way: `allow_always` makes the rules that are proposed last, if there are any. */
function decidePermission(
  context: ServiceContext,
  workspaceId: string,
  requestId: string,
  behavior: 'allow' | 'allow_always' | 'deny',
): Request {
  const { store, transact } = context;
  const [only, ...more] = store.requests.undecided(workspaceId, requestId);
  // The ids are the agents' own. If one stands for several requests, the caller has seen one of them, and the hub can't know which.
  if (more.length > 0) throw new HubError('invalid_input', `Several agents ask under the id ${requestId}. Decide each in the editor.`);
  const request = only ?? store.requests.byExternalId(workspaceId, requestId) ?? store.requests.get(requestId);
  if (request?.workspaceId !== workspaceId || request.permission === undefined) {
    throw new HubError('request_not_found', 'This action request has expired, or was never made here.');
  }
  const asked = { ...request, permission: request.permission };
  return transact(() => {
    const [text, ...and] = behavior === 'allow_always' ? broadestRules(context, asked) : [];
    const made = text === undefined ? undefined : createRule(context, workspaceId, { text, and });
    return answerRequest(context, workspaceId, request.id, { decision: behavior === 'deny' ? 'deny' : 'allow' }, { madeRuleId: made?.id });
  });
}
