import { setImmediate as nextTurn } from 'node:timers/promises';
import { createChannels } from '../../src/hub/channels/createChannels.ts';
import { findDialect } from '../../src/hub/hooks/dialects/findDialect.ts';
import { createHookAnswers } from '../../src/hub/hooks/hookAnswers.ts';
import type { Dialect, HookAnswer } from '../../src/hub/hooks/hookEvent.ts';
import { createSessionStreams } from '../../src/hub/mcp/legacy/sessionStreams.ts';
import { requestPermission } from '../../src/hub/mcp/tools/permissionTool.ts';
import { answerRequest } from '../../src/hub/service/answers.ts';
import type { Caller } from '../../src/hub/service/caller.ts';
import { proveDeliveries } from '../../src/hub/service/deliveries.ts';
import { createExchange, type Exchange } from '../../src/hub/service/exchange.ts';
import { createRule, deleteRule } from '../../src/hub/service/rules.ts';
import type { Decision, Request } from '../../src/protocol/model.ts';
import { assertNever } from '../../src/util/errors.ts';
import { nullLog } from '../../src/util/log.ts';
import { startTestService, type TestService } from './testService.ts';

// Two agents and their subagents ask by every way there is, and somebody decides by what the board shows. Whatever reaches an agent is
// held against what it had really asked for, which the hub's own code has no part in.

export const ways = ['hook', 'tool', 'tool of a session', 'channel'] as const;
type Way = (typeof ways)[number];

/** What an agent asks permission for, in pieces that differ one by one. */
export interface Content {
  command: string;
  why: string | undefined;
  cwd: string;
  sandbox: boolean | undefined;
  subagent: string | undefined;
}

/** Who asks, and how. */
export interface Asker {
  agent: 0 | 1;
  session: 0 | 1;
  way: Way;
  /** The agent's own id for this use; over a channel there is always one. */
  id: string | undefined;
}

export const reports = ['used', 'failed', 'batch', 'prompt', 'task prompt', 'stop', 'subagent stop', 'session end'] as const;
export type Report = (typeof reports)[number];

/** A call of an agent, and what has become of it. */
interface Call {
  key: string;
  id: string | undefined;
  command: string;
  /** Rules in force when it was made. */
  ruled: boolean;
  exchange: Exchange;
  hangUp: () => void;
  state: 'waiting' | 'answered' | 'over';
  /** Its session has said that it ends, so nobody expects it to wait. */
  sessionEnded: boolean;
  /** What it took from a decision: given back if it is lost. */
  taken?: DecisionMade | undefined;
}

/** What somebody has decided, by what the board showed. */
interface DecisionMade {
  key: string;
  decision: Decision;
  /** How many uses it is for, as was shown. */
  left: number;
  /** Uses with ids of their own that have had it: they may have it again. */
  ids: Set<string>;
}

export class VerdictRig {
  readonly service: TestService = startTestService();
  readonly calls: Call[] = [];
  readonly wrong: string[] = [];
  /** Verdicts that reached somebody. */
  reached = 0;

  readonly #decisions: DecisionMade[] = [];
  readonly #dialects: readonly [string, string];
  readonly #channelAsks = new Map<string, string>();
  readonly #streams = createSessionStreams({ clock: this.service.clock, onError: (error: unknown) => this.wrong.push(String(error)) });
  readonly #answerHook = createHookAnswers(this.service);
  readonly #open = new Map<string, () => void>();
  readonly #channels = createChannels({ ...this.service, streams: this.#streams, log: nullLog });

  constructor(second: 'codex' | 'copilot' | 'cursor') {
    this.#dialects = ['claude-code', second];
    const { context, clock, workspaceId } = this.service;
    const createdAt = new Date(clock.now()).toISOString();
    for (const agent of [0, 1] as const) {
      for (const session of [0, 1] as const) {
        context.store.sessions.put({ id: sessionId(agent, session), workspaceId, initialize: {}, createdAt, lastUsedAt: createdAt });
        this.openStream(agent, session);
      }
    }
  }

  /** A session opens a stream for what the hub says of its own accord, in place of the one that it has. */
  openStream(agent: 0 | 1, session: 0 | 1): void {
    const id = sessionId(agent, session);
    const identity = {
      id,
      workspaceId: this.service.workspaceId,
      introduction: { name: this.#name(agent) },
      protocolVersion: '2025-11-25',
    };
    const end = this.#streams.opened(identity, {
      resumed: false,
      send: async ({ method, params }) => {
        if (method === 'notifications/claude/channel/permission') this.#overChannel(id, params);
      },
    });
    this.#open.set(id, end);
  }

  closeStream(agent: 0 | 1, session: 0 | 1): void {
    this.#open.get(sessionId(agent, session))?.();
  }

  async ask(asker: Asker, content: Content): Promise<void> {
    const { agent, session, way } = asker;
    if (way === 'channel') return this.#askOverChannel(asker, content);
    const { context, agents, workspaceId } = this.service;
    const connectionId = way === 'hook' ? `hook:${session}` : way === 'tool' ? 'agent' : `session:${sessionId(agent, session)}`;
    const caller: Caller = { agent: agents.heard(workspaceId, { name: this.#name(agent) }), connectionId };
    const gone = new AbortController();
    const leave = agents.present(caller);
    const exchange = createExchange(context, { caller, signal: gone.signal, promisedWait: undefined });
    const asked = way === 'hook' ? this.#hookBody(asker, content) : { tool_name: 'Bash', input: inputOf(content), tool_use_id: asker.id };
    const id = way === 'hook' && this.#dialects[agent] === 'cursor' ? undefined : asker.id;
    const call: Call = {
      key: this.#keyOf({ ...asker, id }, connectionId, content),
      id,
      command: content.command,
      ruled: this.#isRuled(content.command),
      exchange,
      hangUp: () => {
        call.state = 'over';
        leave();
        gone.abort();
        exchange.lost(false);
      },
      state: 'waiting',
      sessionEnded: false,
    };
    this.calls.push(call);
    const verdict = way === 'hook' ? this.#throughHook(agent, asked, exchange) : this.#throughTool(asked, caller, exchange);
    void verdict.then(
      (decision) => {
        if (call.state !== 'waiting') return;
        call.state = decision === undefined ? 'over' : 'answered';
        if (decision !== undefined) this.#hear(call, decision);
        else leave();
      },
      (error: unknown) => this.wrong.push(`a call failed: ${String(error)}`),
    );
    await this.settle();
  }

  /** The answer of a call is written whole, or its connection breaks before that. */
  end(call: Call, whole: boolean): void {
    if (call.state !== 'answered') return;
    call.state = 'over';
    if (whole) {
      call.exchange.sent();
      return;
    }
    call.exchange.lost(false);
    // It never arrived, so it has freed nothing.
    if (call.taken !== undefined && call.id === undefined) call.taken.left += 1;
  }

  /** Somebody decides what the board shows, or showed a while ago. */
  decide(which: number, decision: Decision, note: boolean): void {
    const { context, workspaceId } = this.service;
    const { store } = context;
    const requests = [0, 1].flatMap((agent) => {
      const known = store.agents.byName(workspaceId, this.#name(agent as 0 | 1));
      const of = (status: 'open' | 'expired'): Request[] =>
        known === undefined ? [] : store.requests.forAgent(workspaceId, known.id, status);
      return [...of('open'), ...of('expired')];
    });
    const request = requests[which % Math.max(1, requests.length)];
    if (request === undefined) return;
    this.#decisions.push(this.#shownOn(request, decision));
    answerRequest(context, workspaceId, request.id, { decision, ...(note && { note: 'Mind the gap.' }) });
  }

  toggleRule(command: string): void {
    const { context, workspaceId } = this.service;
    const text = `Bash:${command}`;
    const known = context.store.rules.ofWorkspace(workspaceId).find((rule) => rule.text === text);
    if (known === undefined) createRule(context, workspaceId, { text });
    else deleteRule(context, workspaceId, known.id);
  }

  async report(report: Report, asker: Asker, content: Content): Promise<void> {
    const { context, agents, workspaceId } = this.service;
    const { agent, session } = asker;
    const caller = { agent: agents.heard(workspaceId, { name: this.#name(agent) }), connectionId: `hook:${session}` };
    const exchange = createExchange(context, { caller, signal: new AbortController().signal, promisedWait: undefined });
    if (report === 'session end')
      for (const call of this.calls) call.sessionEnded ||= call.exchange.caller.connectionId === caller.connectionId;
    const dialect = this.#dialect(agent);
    const event = dialect.read(this.#reportBody(report, asker, content));
    if (event === undefined) return;
    await this.#answerHook({ dialect, event, caller: exchange.caller, exchange });
    exchange.sent();
    await this.settle();
  }

  /** Some call of a session that is about nothing of this: what it was given before has arrived. */
  prove(agent: 0 | 1, session: 0 | 1): void {
    const { context, agents, workspaceId } = this.service;
    const connectionId = `session:${sessionId(agent, session)}`;
    proveDeliveries(context, { agent: agents.heard(workspaceId, { name: this.#name(agent) }), connectionId });
  }

  /** What waits, and isn't on the board for anybody to decide. */
  forgotten(): string[] {
    const { store } = this.service.context;
    const open = new Set(
      store.requests
        .live()
        .filter(({ status }) => status === 'open')
        .map((request) => this.#shownOn(request, 'allow').key),
    );
    return this.calls
      .filter(({ state, sessionEnded, key }) => state === 'waiting' && !sessionEnded && !open.has(key))
      .map(({ key }) => key);
  }

  /** Lets everything happen that is to happen at this moment. */
  async settle(): Promise<void> {
    await nextTurn();
    this.service.clock.advance(100);
    await nextTurn();
    await nextTurn();
  }

  dispose(): void {
    for (const call of this.calls) if (call.state === 'waiting') call.hangUp();
    this.#channels.dispose();
  }

  async #throughHook(agent: 0 | 1, body: unknown, exchange: Exchange): Promise<Decision | undefined> {
    const dialect = this.#dialect(agent);
    const event = dialect.read(body);
    if (event === undefined) throw new Error('no event');
    return decisionIn(await this.#answerHook({ dialect, event, caller: exchange.caller, exchange }));
  }

  async #throughTool(input: unknown, caller: Caller, exchange: Exchange): Promise<Decision | undefined> {
    const asked = input as { tool_name: string; input: unknown; tool_use_id?: string };
    const { context } = this.service;
    const { signal } = exchange;
    proveDeliveries(context, caller, asked.tool_use_id === undefined ? undefined : this.#requestById(asked.tool_use_id));
    const call = { caller, signal, waitSlice: exchange.waitSlice, mayBeTask: false, progress: () => {}, leaveOut: () => {} };
    const { text, isError, requestIds = [], verdictIds = [] } = await requestPermission(this.service, call, asked);
    if (isError === true) return undefined;
    exchange.load({ requestIds, verdictIds, messageIds: [] });
    return (JSON.parse(text) as { behavior: Decision }).behavior;
  }

  #requestById(id: string): string | undefined {
    return this.service.context.store.requests.byExternalId(this.service.workspaceId, id)?.id;
  }

  async #askOverChannel(asker: Asker, content: Content): Promise<void> {
    const { agent, session, id = 'abcde' } = asker;
    const ownId = `${agent}${id}`;
    const introduction = { name: this.#name(agent) };
    const identity = { id: sessionId(agent, session), workspaceId: this.service.workspaceId, introduction, protocolVersion: '2025-11-25' };
    const params = {
      request_id: ownId,
      tool_name: 'Bash',
      description: content.why ?? '',
      input_preview: JSON.stringify({ command: content.command }),
    };
    // Under one id, the last one that a session has asked for is what it takes a verdict for.
    const shown = [this.#name(agent), 'Bash', params.input_preview, content.why ?? null, null, null];
    const ruled = this.#isRuled(content.command) ? ' ruled' : '';
    this.#channelAsks.set(`${identity.id} ${ownId}`, JSON.stringify([ownId, ...shown]) + ruled);
    this.#streams.received(identity, { method: 'notifications/claude/channel/permission_request', params });
    await this.settle();
  }

  #overChannel(session: string, params: Record<string, unknown>): void {
    const id = String(params['request_id']);
    const asked = this.#channelAsks.get(`${session} ${id}`);
    if (asked === undefined) this.wrong.push(`a verdict for ${id}, which ${session} has not asked for`);
    else if (!asked.endsWith(' ruled') || params['behavior'] !== 'allow') {
      this.#take({ key: asked.replace(/ ruled$/, ''), id }, params['behavior'] as Decision);
    }
  }

  #hear(call: Call, decision: Decision): void {
    if (call.ruled && decision === 'allow') return;
    call.taken = this.#take(call, decision);
  }

  /** A verdict has reached somebody who asked for just this. Was it decided, and for as many? */
  #take({ key, id }: Pick<Call, 'key' | 'id'>, decision: Decision): DecisionMade | undefined {
    this.reached += 1;
    const made = this.#decisions.filter((one) => one.key === key && one.decision === decision);
    const again = id === undefined ? undefined : made.find(({ ids }) => ids.has(id));
    const fresh = again ?? made.find(({ left }) => left > 0);
    if (fresh === undefined) {
      this.wrong.push(`“${decision}” reached ${key}, and nobody has decided that${made.length > 0 ? ' for so many' : ''}`);
      return undefined;
    }
    if (again === undefined) fresh.left -= 1;
    if (id !== undefined) fresh.ids.add(id);
    return fresh;
  }

  #shownOn({ id, permission, agentId }: Request, decision: Decision): DecisionMade {
    const { store } = this.service.context;
    const route = store.requests.route(id);
    const { tool, input, description = null, cwd = null, subagent, uses = 1 } = permission ?? { tool: '', input: '' };
    const agent = store.agents.get(agentId ?? '')?.name;
    const key = JSON.stringify([route?.externalId ?? route?.connectionId, agent, tool, input, description, cwd, subagent?.id ?? null]);
    return { key, decision, left: uses, ids: new Set() };
  }

  /** What a call is about, in the words in which the board would have to show it. */
  #keyOf({ agent, way, id }: Asker, connectionId: string, content: Content): string {
    const { command, why, cwd, sandbox, subagent } = content;
    const from = id ?? connectionId;
    const name = this.#name(agent);
    if (way !== 'hook') return JSON.stringify([from, name, 'Bash', JSON.stringify(inputOf(content)), null, null, null]);
    if (this.#dialects[agent] === 'cursor') {
      const isOfServer = why !== undefined;
      const input = isOfServer ? command : JSON.stringify({ command, sandbox });
      return JSON.stringify([
        from,
        name,
        isOfServer ? 'run' : 'Shell',
        input,
        isOfServer ? `A tool of the MCP server ${why}` : null,
        cwd,
        null,
      ]);
    }
    return JSON.stringify([from, name, 'Bash', JSON.stringify(inputOf(content)), why ?? null, cwd, subagent ?? null]);
  }

  #hookBody({ agent, session, id }: Asker, content: Content): Record<string, unknown> {
    const { command, why, cwd, sandbox, subagent } = content;
    if (this.#dialects[agent] !== 'cursor') {
      const use = { tool_name: 'Bash', tool_input: inputOf(content), tool_use_id: id };
      return { hook_event_name: 'PermissionRequest', session_id: String(session), cwd, ...use, agent_id: subagent };
    }
    const common = { conversation_id: String(session), cwd };
    return why === undefined
      ? { ...common, hook_event_name: 'beforeShellExecution', command, sandbox }
      : { ...common, hook_event_name: 'beforeMCPExecution', tool_name: 'run', tool_input: command, url: why };
  }

  #reportBody(report: Report, { agent, session, id }: Asker, content: Content): Record<string, unknown> {
    const { description: _, ...reported } = inputOf(content);
    const use = { tool_name: 'Bash', tool_input: this.#dialects[agent] === 'codex' ? reported : inputOf(content), tool_use_id: id };
    const common = { session_id: String(session), conversation_id: String(session), agent_id: content.subagent };
    switch (report) {
      case 'used':
        return { ...common, hook_event_name: 'PostToolUse', ...use };
      case 'failed':
        return { ...common, hook_event_name: 'PostToolUseFailure', ...use };
      case 'batch':
        return { ...common, hook_event_name: 'PostToolBatch', tool_calls: [use] };
      case 'prompt':
        return { ...common, hook_event_name: 'UserPromptSubmit', prompt: 'Go on' };
      case 'task prompt':
        return { ...common, hook_event_name: 'UserPromptSubmit', prompt: '<task-notification>done</task-notification>' };
      case 'stop':
        return { ...common, hook_event_name: 'Stop' };
      case 'subagent stop':
        return { ...common, hook_event_name: 'SubagentStop' };
      case 'session end':
        return { ...common, hook_event_name: 'SessionEnd' };
      default:
        return assertNever(report);
    }
  }

  #isRuled(command: string): boolean {
    return this.service.context.store.rules.ofWorkspace(this.service.workspaceId).some(({ text }) => text === `Bash:${command}`);
  }

  #dialect(agent: 0 | 1): Dialect {
    const dialect = findDialect(this.#dialects[agent]);
    if (dialect === undefined) throw new Error(`no dialect ${this.#dialects[agent]}`);
    return dialect;
  }

  #name(agent: 0 | 1): string {
    return this.#dialect(agent).name;
  }
}

function sessionId(agent: number, session: number): string {
  return `s${agent}${session}`;
}

function inputOf({ command, why, sandbox }: Content): Record<string, unknown> {
  return {
    command,
    ...(why !== undefined && { description: why }),
    ...(sandbox !== undefined && { dangerouslyDisableSandbox: sandbox }),
  };
}

function decisionIn(answer: HookAnswer): Decision | undefined {
  const text = JSON.stringify(answer);
  return text.includes('"allow"') ? 'allow' : text.includes('"deny"') ? 'deny' : undefined;
}
