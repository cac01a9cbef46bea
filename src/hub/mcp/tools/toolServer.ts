import { type CallToolResult, McpServer, type ServerContext } from '@modelcontextprotocol/server';
import { HubError } from '../../../protocol/hubErrors.ts';
import { tasksExtension } from '../../../protocol/mcpTasks.ts';
import { jsonSchemaOf } from '../../../protocol/toolFields.ts';
import { type ToolInput, type ToolName, tools } from '../../../protocol/tools.ts';
import type { Logger } from '../../../util/log.ts';
import { inboxData, inboxText } from '../../agentText/inboxText.ts';
import { channelCapabilities } from '../../channels/push.ts';
import { toHubError } from '../../http/respond.ts';
import type { Agents } from '../../service/agents.ts';
import type { PermissionWaits } from '../../service/awaitPermission.ts';
import type { Caller } from '../../service/caller.ts';
import { isGateway } from '../../service/channelClients.ts';
import type { ServiceContext } from '../../service/context.ts';
import { type Inbox, markActed, proveDeliveries, unread } from '../../service/deliveries.ts';
import type { Exchange } from '../../service/exchange.ts';
import { fromAuthInfo } from '../authInfo.ts';
import { registerPresence } from '../stayMethod.ts';
import type { TaskSource } from '../tasks/callTask.ts';
import { createRequestTasks } from '../tasks/requestTasks.ts';
import { registerTaskMethods } from '../tasks/taskMethods.ts';
import { followsTasks, taskFields } from '../tasks/taskWire.ts';
import { createWaitTasks } from '../tasks/waitTasks.ts';
import { askHuman, requestReview, waitForReply } from './askTools.ts';
import { downloadAttachmentTool } from './attachmentTools.ts';
import { requestPermission } from './permissionTool.ts';
import { readArguments } from './readArguments.ts';
import { createTaskTool, getTaskTool, getWorkspaceTool, replyTool, updateTaskStatusTool } from './taskTools.ts';
import type { ToolCall, ToolOutcome, ToolResult } from './toolCall.ts';

/** What the tools work with. */
export interface ToolServerDeps {
  context: ServiceContext;
  agents: Agents;
  waits: PermissionWaits;
  log: Logger;
  version: string;
  /** Hears of each call, and of what the agent says of it. */
  onCall?: ((caller: Caller, meta: Readonly<Record<string, unknown>> | undefined) => void) | undefined;
  /** Adds to each server before it is connected. The conformance tests bring their tools by it; the product brings nothing. */
  extendServer?: ((server: McpServer) => void) | undefined;
  /** The tasks of those tools. */
  taskSources?: readonly TaskSource[] | undefined;
}

type Handlers = { [N in ToolName]: (call: ToolCall, input: ToolInput<N>) => ToolOutcome | Promise<ToolOutcome> };

const toolNames = Object.keys(tools) as ToolName[];
/** The SDK lists these, and hands the arguments on as they came: `readArguments` reads them, once. */
const inputs = Object.fromEntries(toolNames.map((name) => [name, unreadArguments(jsonSchemaOf(tools[name].input))])) as Record<
  ToolName,
  ReturnType<typeof unreadArguments>
>;

function unreadArguments(json: Record<string, unknown>) {
  const asItIs = () => json;
  const validate = (value: unknown) => ({ value });
  return { '~standard': { version: 1, vendor: 'agentrq', validate, jsonSchema: { input: asItIs, output: asItIs } } } as const;
}

/** A server for one workspace; one for each session or request, never shared. */
export function createToolServer(deps: ToolServerDeps, workspaceId: string, era: 'older' | 'newer' = 'older'): McpServer {
  const { context, agents, taskSources = [] } = deps;
  const server = new McpServer(
    { name: `agentrq-workspace-${workspaceId}`, title: 'AgentRQ', version: deps.version },
    // The list of tools never changes: one client forgets its time-outs when it is told that it did.
    {
      capabilities: {
        tools: { listChanged: false },
        experimental: channelCapabilities,
        ...(era === 'newer' && { extensions: { [tasksExtension]: {} } }),
      },
      instructions,
      maxToolInputElements: 10_000,
    },
  );
  const handlers: Handlers = {
    createTask: (call, input) => createTaskTool(context, call, input),
    updateTaskStatus: (call, input) => updateTaskStatusTool(context, call, input),
    reply: (call, input) => replyTool(context, call, input),
    getTask: (call, input) => getTaskTool(context, call, input),
    getWorkspace: (call) => getWorkspaceTool(context, call),
    downloadAttachment: (call, input) => downloadAttachmentTool(context, call, input),
    askHuman: (call, input) => askHuman(deps, call, input),
    requestReview: (call, input) => requestReview(deps, call, input),
    waitForReply: (call, input) => waitForReply(deps, call, input),
    requestPermission: (call, input) => requestPermission(deps, call, input),
  };
  for (const name of toolNames) {
    const { title, description, annotations } = tools[name];
    // It gets what was read with the fields of this very tool.
    const handler = handlers[name] as (call: ToolCall, input: unknown) => ToolOutcome | Promise<ToolOutcome>;
    server.registerTool(name, { title, description, inputSchema: inputs[name], annotations }, async (args: unknown, ctx: ServerContext) =>
      runTool(deps, ctx, name, args, handler),
    );
  }
  if (era === 'newer') {
    registerTaskMethods(server, context, [createRequestTasks(context, agents), createWaitTasks(context, agents), ...taskSources]);
    registerPresence(server, context);
  }
  deps.extendServer?.(server);
  return server;
}

async function runTool(
  { context, log, onCall }: ToolServerDeps,
  ctx: ServerContext,
  name: ToolName,
  args: unknown,
  handler: (call: ToolCall, input: unknown) => ToolOutcome | Promise<ToolOutcome>,
): Promise<CallToolResult> {
  const exchange = fromAuthInfo(ctx.http?.authInfo);
  const { caller, waitSlice } = exchange;
  const signal = AbortSignal.any([exchange.signal, ctx.mcpReq.signal]);
  try {
    onCall?.(caller, ctx.mcpReq._meta);
    const { input, leftOut } = readArguments(tools[name].input, args, { lenient: asks.has(name) });
    proveDeliveries(context, caller, requestOf(context, caller, input));
    const leaveOut = (why: string): void => void leftOut.push(why);
    const call = { caller, waitSlice, mayBeTask: followsTasks(ctx), signal, progress: progressOf(ctx, log), leaveOut };
    const outcome = await handler(call, input);
    if (writes.has(name)) markActed(context, caller, taskOf(input));
    if ('task' in outcome) return { resultType: 'task', ...taskFields(outcome.task, context.clock), content: noteOf(leftOut) };
    return finish(context, exchange, signal, outcome, leftOut);
  } catch (error) {
    const { message } = error instanceof HubError ? error : toHubError(error, context.background);
    return { isError: true, content: [{ type: 'text', text: message }] };
  }
}

/** What an agent calls when it has gone on with its work. */
const writes: ReadonlySet<ToolName> = new Set(['createTask', 'updateTaskStatus', 'reply', 'askHuman', 'requestReview']);

/** What an agent asks of the user has to reach them, whatever is wrong with what goes along. */
const asks: ReadonlySet<ToolName> = new Set(['askHuman', 'requestReview', 'requestPermission']);

/** The result, with what the user has said meanwhile; nobody is left to hand it to once the call is over. */
function finish(
  context: ServiceContext,
  exchange: Exchange,
  signal: AbortSignal,
  outcome: ToolResult,
  leftOut: readonly string[],
): CallToolResult {
  const { text, structured, requestIds = [], verdictIds = [], leasedTaskId, exact = false, isError = false } = outcome;
  const appendsInbox = !exact && !isGateway(exchange.caller.agent.name);
  const inbox = signal.aborted || !appendsInbox ? nothing : withoutAnswers(unread(context, exchange.caller), requestIds);
  if (!signal.aborted) {
    exchange.load({
      requestIds: [...requestIds, ...inbox.answers.map(({ id }) => id)],
      verdictIds,
      messageIds: inbox.messages.map(({ id }) => id),
      leasedTaskId,
    });
  }
  const content: CallToolResult['content'] = [{ type: 'text', text }, ...noteOf(exact ? [] : leftOut)];
  if (inbox.answers.length > 0 || inbox.messages.length > 0) content.push({ type: 'text', text: inboxText(inbox) });
  if (isError) return { isError, content };
  return structured === undefined ? { content } : { content, structuredContent: { ...structured, inbox: inboxData(inbox) } };
}

/** What of its arguments was left out, for the agent. */
function noteOf(leftOut: readonly string[]): CallToolResult['content'] {
  return leftOut.length === 0 ? [] : [{ type: 'text', text: leftOut.join('\n') }];
}

const nothing: Inbox = { answers: [], messages: [] };

function withoutAnswers({ answers, messages }: Inbox, carried: readonly string[]): Inbox {
  return { answers: answers.filter(({ id }) => !carried.includes(id)), messages };
}

/** The request that a call asks about: it may be asking because the answer never arrived. */
function requestOf({ store }: ServiceContext, { agent }: Caller, args: unknown): string | undefined {
  if (typeof args !== 'object' || args === null) return undefined;
  if ('requestId' in args && typeof args.requestId === 'string') return args.requestId;
  if ('tool_use_id' in args && typeof args.tool_use_id === 'string') {
    return store.requests.byExternalId(agent.workspaceId, args.tool_use_id)?.id;
  }
  const asked = 'question' in args ? args.question : 'summary' in args ? args.summary : undefined;
  if (typeof asked !== 'string') return undefined;
  const question = asked.trim();
  return store.requests.forAgent(agent.workspaceId, agent.id, 'answered').find((request) => request.question === question)?.id;
}

/** The task that a call names. */
function taskOf(args: unknown): string | undefined {
  if (typeof args !== 'object' || args === null) return undefined;
  if ('taskId' in args && typeof args.taskId === 'string') return args.taskId;
  return 'chatId' in args && typeof args.chatId === 'string' ? args.chatId : undefined;
}

/** [spec] "The progress value MUST increase with each notification" (MCP, utilities/progress). */
function progressOf(ctx: ServerContext, log: Logger): (message: string) => void {
  const progressToken = ctx.mcpReq._meta?.progressToken;
  if (progressToken === undefined) return () => {};
  let progress = 0;
  return (message) => {
    progress += 1;
    ctx.mcpReq
      .notify({ method: 'notifications/progress', params: { progressToken, progress, message } })
      .catch((error: unknown) => log.trace(`no progress could be sent: ${String(error)}`));
  };
}

/** What every agent is told when it connects. Clients show as little as 1,024 characters of it, so it is shorter. */
const instructions = [
  'AgentRQ is how you reach the user you work for: they see a task board and a notification, not your terminal.',
  '- Call getTask for the next task that waits for you (or createTask for work that you were given elsewhere), and set it `ongoing` with updateTaskStatus first.',
  '- When you need a decision, call askHuman, with choices where you can. On `pending` call waitForReply with the same request id. People take minutes: waiting is normal, and nothing is lost if you do other work meanwhile.',
  '- Report what matters with reply (chatId is the id of the task): the user sees nothing else.',
  '- Every result may end with unread messages from the user, and a `<channel>` message is from them as well: act on it, and answer with reply (its chat_id is the chatId).',
  '- Finish with a summary by reply and updateTaskStatus `completed`; if you can not go on, `blocked`.',
].join('\n');
