import type { OperationName, OperationOutput, ParsedOperationInput } from '../../protocol/operations.ts';
import { answerRequest } from '../service/answers.ts';
import type { ServiceContext } from '../service/context.ts';
import { findWorkspace } from '../service/lookup.ts';
import { replyAsPerson } from '../service/messages.ts';
import { readSnapshot } from '../service/snapshot.ts';
import { changeTaskStatus, createTask, deleteTask, listTasks, readThread } from '../service/tasks.ts';
import { openWorkspace } from '../service/workspaces.ts';

/** What the hub says of itself. */
export interface HubIdentity {
  hubId: string;
  mcpUrl: (workspaceId: string) => string;
  agentToken: (workspaceId: string) => string;
}

type Handlers = { [N in OperationName]: (input: ParsedOperationInput<N>) => OperationOutput<N> };

/** What each operation of the person does; a forgotten one doesn't compile. */
export function createOperationHandlers(context: ServiceContext, identity: HubIdentity): Handlers {
  const { store } = context;
  return {
    getBoard: () => readSnapshot(context, identity.hubId),
    listWorkspaces: () => ({ workspaces: store.workspaces.all() }),
    openWorkspace: (input) => ({ workspace: openWorkspace(context, input) }),
    getWorkspaceToken: ({ workspaceId }) => {
      findWorkspace(store, workspaceId);
      return { token: identity.agentToken(workspaceId), mcpUrl: identity.mcpUrl(workspaceId) };
    },
    listTasks: (input) => ({ tasks: listTasks(context, input) }),
    getTask: ({ workspaceId, taskId }) => readThread(context, workspaceId, taskId),
    createTask: (input) => ({ task: createTask(context, { ...input, createdBy: 'human' }) }),
    replyToTask: (input) => replyAsPerson(context, input),
    changeTaskStatus: ({ workspaceId, taskId, value }) => ({ task: changeTaskStatus(context, workspaceId, taskId, value) }),
    deleteTask: ({ workspaceId, taskId }) => ({ task: deleteTask(context, workspaceId, taskId) }),
    answerRequest: ({ workspaceId, requestId, ...answer }) => ({
      request: answerRequest(context, workspaceId, requestId, answer),
    }),
  };
}
