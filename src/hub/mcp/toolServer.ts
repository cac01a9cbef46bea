import { type CallToolResult, McpServer, type ServerContext } from '@modelcontextprotocol/server';
import { HubError } from '../../protocol/hubErrors.ts';
import { type ToolInput, type ToolName, tools } from '../../protocol/tools.ts';
import type { Logger } from '../../util/log.ts';
import { toHubError } from '../http/respond.ts';
import type { Agents } from '../service/agents.ts';
import type { ServiceContext } from '../service/context.ts';
import { markOffered, proveDeliveries, unreadMessages } from '../service/deliveries.ts';
import { askHuman, waitForReply } from './askTools.ts';
import { type Exchange, fromAuthInfo } from './exchange.ts';
import { instructions } from './instructions.ts';
import { unreadText } from './taskText.ts';
import { createTaskTool, getTaskTool, getWorkspaceTool, replyTool, updateTaskStatusTool } from './taskTools.ts';
import type { ToolCall, ToolOutcome } from './toolCall.ts';

/** What the tools work with. */
export interface ToolServerDeps {
  context: ServiceContext;
  agents: Agents;
  log: Logger;
  version: string;
}

type Handlers = { [N in ToolName]: (call: ToolCall, input: ToolInput<N>) => ToolOutcome | Promise<ToolOutcome> };

/** A server for one workspace; one for each session or request, never shared. */
export function createToolServer(deps: ToolServerDeps, workspaceId: string): McpServer {
  const { context } = deps;
  const server = new McpServer(
    { name: `agentrq-workspace-${workspaceId}`, title: 'AgentRQ', version: deps.version },
    // The list of tools never changes: one client forgets its time-outs when it is told that it did.
    { capabilities: { tools: { listChanged: false } }, instructions, maxToolInputElements: 10_000 },
  );
  const handlers: Handlers = {
    createTask: (call, input) => createTaskTool(context, call, input),
    updateTaskStatus: (call, input) => updateTaskStatusTool(context, call, input),
    reply: (call, input) => replyTool(context, call, input),
    getTask: (call, input) => getTaskTool(context, call, input),
    getWorkspace: (call) => getWorkspaceTool(context, call),
    askHuman: (call, input) => askHuman(deps, call, input),
    waitForReply: (call, input) => waitForReply(deps, call, input),
  };
  for (const name of Object.keys(tools) as ToolName[]) {
    const { title, description, input, annotations } = tools[name];
    // The SDK has parsed the arguments with the schema of this very tool.
    const handler = handlers[name] as (call: ToolCall, input: unknown) => ToolOutcome | Promise<ToolOutcome>;
    server.registerTool(name, { title, description, inputSchema: input, annotations }, async (args: unknown, ctx: ServerContext) =>
      runTool(deps, ctx, args, handler),
    );
  }
  return server;
}

async function runTool(
  { context, log }: ToolServerDeps,
  ctx: ServerContext,
  args: unknown,
  handler: (call: ToolCall, input: unknown) => ToolOutcome | Promise<ToolOutcome>,
): Promise<CallToolResult> {
  const exchange = fromAuthInfo(ctx.http?.authInfo);
  const { agent } = exchange;
  const signal = AbortSignal.any([exchange.signal, ctx.mcpReq.signal]);
  try {
    proveDeliveries(context, agent, requestOf(context, agent.id, args));
    const outcome = await handler({ agent, signal, progress: progressOf(ctx, log) }, args);
    return finish(context, exchange, signal, outcome);
  } catch (error) {
    const { message } = error instanceof HubError ? error : toHubError(error, log);
    return { isError: true, content: [{ type: 'text', text: message }] };
  }
}

/** The result, with what the person has written meanwhile; nobody is left to hand it to once the call is over. */
function finish(context: ServiceContext, exchange: Exchange, signal: AbortSignal, outcome: ToolOutcome): CallToolResult {
  const unread = signal.aborted ? [] : unreadMessages(context, exchange.agent);
  if (!signal.aborted) {
    const offer = { messageIds: unread.map(({ id }) => id), requestIds: outcome.requestIds ?? [] };
    markOffered(context, offer);
    exchange.offer.messageIds.push(...offer.messageIds);
    exchange.offer.requestIds.push(...offer.requestIds);
  }
  const content: CallToolResult['content'] = [{ type: 'text', text: outcome.text }];
  if (unread.length > 0) content.push({ type: 'text', text: unreadText(unread) });
  if (outcome.structured === undefined) return { content };
  const inbox = unread.map(({ id, taskId, text, createdAt }) => ({ messageId: id, taskId, text, createdAt }));
  return { content, structuredContent: { ...outcome.structured, inbox } };
}

/** The request that a call asks about: it may be asking because the answer never arrived. */
function requestOf({ store }: ServiceContext, agentId: string, args: unknown): string | undefined {
  if (typeof args !== 'object' || args === null) return undefined;
  if ('requestId' in args && typeof args.requestId === 'string') return args.requestId;
  if (!('question' in args) || typeof args.question !== 'string') return undefined;
  const question = args.question.trim();
  const agent = store.agents.get(agentId);
  if (agent === undefined) return undefined;
  return store.requests.forAgent(agent.workspaceId, agentId, 'answered').find((request) => request.question === question)?.id;
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
