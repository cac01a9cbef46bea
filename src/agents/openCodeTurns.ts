import { serverName } from '../protocol/names.ts';
import { gettingReady, isWholeWakeSentence } from '../protocol/wake.ts';

// What the plugin for opencode does: it tells the hub when a session begins and ends a turn, and when it asks something in opencode's own
// window, and leaves a hook waiting at the end of a turn.
// When that is told to wake the session, it puts the one fixed sentence in, in opencode's own process: no port is open for it, and nothing
// of it stands in a command line. It never keeps opencode waiting, and its failures are not shown there.

/** The part of opencode's client that is used. */
export interface OpenCodeClient {
  session: {
    get(options: ById): Promise<{ data?: { parentID?: string } | undefined }>;
    list(): Promise<{ data?: { id: string; parentID?: string; time: { updated: number } }[] | undefined }>;
    messages(options: ById): Promise<{ data?: { info: OpenCodeMessage }[] | undefined }>;
    promptAsync(options: ById & { body: OpenCodePrompt }): Promise<unknown>;
  };
}

interface ById {
  path: { id: string };
}

interface OpenCodeMessage {
  role: string;
  agent?: string;
  model?: { providerID: string; modelID: string };
}

type OpenCodePrompt = Pick<OpenCodeMessage, 'agent' | 'model'> & { parts: { type: 'text'; text: string }[] };

/** A part of a message. `synthetic`: opencode has added it. */
interface OpenCodePart {
  type: string;
  text?: string;
  synthetic?: boolean;
}

/** What opencode tells its plugins. */
export interface OpenCodeHooks {
  event(input: { event: { type: string; properties?: unknown } }): Promise<void>;
  'chat.message'(input: { sessionID: string }, output: { parts: readonly OpenCodePart[] }): Promise<void>;
  'tool.execute.after'(input: { tool: string; sessionID: string; args?: unknown }): Promise<void>;
  /** Comes before each request to the model. */
  'chat.params'(input: { sessionID: string }): Promise<void>;
}

/** A hook script that runs. */
export interface RunningHook {
  /** How it has ended, and what it said to its errors. */
  ended: Promise<{ code: number | null; errors: string }>;
  end(): void;
}

/**
 * Starts the hook script with an event. `--wait`: it waits for the user's next word, and ends with this process. `--outlive`: it tells of
 * the event also when this process has ended meanwhile.
 */
export type StartHook = (event: Readonly<Record<string, unknown>>, flag?: '--wait' | '--outlive') => RunningHook;

interface Turns {
  /** What is told of this session, one thing after the other. */
  telling: Promise<void>;
  /** Counts what begins a turn. */
  begun: number;
  wait: RunningHook | undefined;
  /** Uses of our tools whose results no request to the model has carried yet. */
  used: { tool_name: string; tool_input: unknown; tool_use_id: string }[];
  /** The user has begun it; `undefined`: nobody has asked yet. */
  isOwn: boolean | undefined;
}

/** Each that waits is a process. */
const mostWaits = 4;

/** No more of a prompt is told: whether it is a wake, and begins like the user's own. */
const longestPrompt = 1_000;

/**
 * @param deps.processId the process that the calls of this opencode come from
 * @param deps.args what opencode was started with
 * @param deps.getReady lets opencode get ready for its first turn, which may take it a minute; whether it surely is
 */
export function createOpenCodeHooks(deps: {
  client: OpenCodeClient;
  workspaceId: string;
  folder: string;
  processId: number;
  args: readonly string[];
  getReady: () => Promise<boolean>;
  start: StartHook;
}): OpenCodeHooks {
  const { client, start, folder, workspaceId } = deps;
  const { session: opencode } = client;
  const sessions = new Map<string, Turns>();
  // One that ends with its prompt, or belongs to another program that shows its turns, is not woken.
  const mayWait = !deps.args.some((arg) => ended.has(arg));

  function of(id: string): Turns {
    const known = sessions.get(id) ?? { telling: Promise.resolve(), begun: 0, wait: undefined, used: [], isOwn: undefined };
    sessions.delete(id);
    sessions.set(id, known);
    return known;
  }

  /** Whether it is a session that the user has begun, and none of a subagent. */
  async function isOwn(id: string, turns: Turns): Promise<boolean> {
    if (turns.isOwn === undefined) {
      const { data } = await opencode.get({ path: { id } });
      if (data !== undefined) turns.isOwn = data.parentID === undefined;
    }
    return turns.isOwn === true;
  }

  function tell(id: string, work: (turns: Turns) => Promise<void>): void {
    const turns = of(id);
    turns.telling = turns.telling
      .then(async () => ((await isOwn(id, turns)) ? work(turns) : undefined))
      // opencode is not disturbed.
      .catch(() => {});
  }

  const event = (id: string, name: string, more: Readonly<Record<string, unknown>> = {}) => ({
    hook_event_name: name,
    session_id: id,
    cwd: folder,
    ...more,
  });

  /** Tells the hub of an event. Resolves when the hook has ended. */
  const report = async (...args: Parameters<StartHook>): Promise<void> => void (await start(...args).ended);

  function begins(id: string, prompt: string): void {
    const turns = of(id);
    turns.begun += 1;
    stopWaiting(turns);
    tell(id, () => report(event(id, 'UserPromptSubmit', { prompt })));
  }

  /**
   * A use proves that its result has arrived, so it is told when the model gets that: an opencode that is killed in between goes on with
   * a session whose model knows nothing of it, and would not be asked again. From then on the session has it, whatever becomes of this opencode.
   */
  function tellUses(id: string): void {
    for (const used of of(id).used.splice(0)) tell(id, () => report(event(id, 'PostToolUse', used), '--outlive'));
  }

  /** It waits for its user in its own window, or no longer does. */
  function tellAsked(id: string, name: string, tool: unknown): void {
    const asks = typeof tool === 'string' ? { tool_name: tool } : {};
    tell(id, () => report(event(id, name, asks)));
  }

  function ends(id: string): void {
    tellUses(id);
    const { begun } = of(id);
    tell(id, async (turns) => {
      await report(event(id, 'Stop'));
      if (turns.begun === begun) waitFor(id, turns, 'Stop');
    });
  }

  function forget(id: string): void {
    const turns = sessions.get(id);
    if (turns === undefined) return;
    turns.begun += 1;
    stopWaiting(turns);
    sessions.delete(id);
  }

  function waitFor(id: string, turns: Turns, name: string): void {
    if (!mayWait) return;
    stopWaiting(turns);
    const wait = start(event(id, name), '--wait');
    turns.wait = wait;
    void wait.ended.then(async ({ code, errors }) => {
      if (turns.wait !== wait) return;
      turns.wait = undefined;
      // Nothing else ever goes in.
      if (code === 2 && isWholeWakeSentence(errors)) await ring(id, errors).catch(() => {});
    });
    const waiting = [...sessions.values()].filter((one) => one.wait !== undefined);
    if (waiting.length > mostWaits && waiting[0] !== undefined) stopWaiting(waiting[0]);
  }

  function stopWaiting(turns: Turns): void {
    const { wait } = turns;
    turns.wait = undefined;
    wait?.end();
  }

  /** With the agent and the model of its last turn: opencode’s default may be allowed more than the user has chosen there. */
  async function ring(id: string, text: string): Promise<void> {
    const { data = [] } = await opencode.messages({ path: { id } });
    const { agent, model } = data.findLast(({ info }) => info.role === 'user')?.info ?? {};
    if (agent === undefined || model === undefined) return;
    const { providerID, modelID } = model;
    await opencode.promptAsync({ path: { id }, body: { agent, model: { providerID, modelID }, parts: [{ type: 'text', text }] } });
  }

  /** The session that opencode was started to go on with. */
  async function resumed(): Promise<string | undefined> {
    const { args } = deps;
    const named = args.findIndex((arg) => arg === '--session' || arg === '-s');
    const id = named === -1 ? args.find((arg) => arg.startsWith('--session='))?.slice('--session='.length) : args[named + 1];
    if (id !== undefined || !args.some((arg) => arg === '--continue' || arg === '-c')) return id;
    const { data = [] } = await opencode.list();
    return data.filter(({ parentID }) => parentID === undefined).toSorted((a, b) => b.time.updated - a.time.updated)[0]?.id;
  }

  /** A session that it goes on with is woken quickly once opencode is ready, and that is said only then. */
  async function goOn(): Promise<void> {
    const id = await resumed();
    if (id === undefined) return;
    const name = (await deps.getReady()) ? 'SessionStart' : gettingReady;
    tell(id, async (turns) => {
      if (turns.begun === 0 && turns.wait === undefined) waitFor(id, turns, name);
    });
  }

  if (mayWait) {
    // It asks opencode, which waits for this plugin at the moment.
    setTimeout(() => void goOn().catch(() => {}), 0);
  }

  return {
    async event({ event: { type, properties } }) {
      const { sessionID, info, permission } = (properties ?? {}) as { sessionID?: string; info?: { id?: string }; permission?: unknown };
      if (type === 'session.deleted' && info?.id !== undefined) forget(info.id);
      if (sessionID === undefined) return;
      if (type === 'session.idle') ends(sessionID);
      else if (asking.has(type)) tellAsked(sessionID, type, permission);
    },
    async 'chat.message'({ sessionID }, { parts }) {
      const words = parts.flatMap(({ type, text, synthetic }) =>
        type === 'text' && synthetic !== true && text !== undefined ? [text] : [],
      );
      begins(sessionID, words.join('\n').slice(0, longestPrompt));
    },
    async 'tool.execute.after'({ tool, sessionID, args }) {
      if (!tool.startsWith(`${serverName(workspaceId)}_`)) return;
      of(sessionID).used.push({ tool_name: tool, tool_input: args, tool_use_id: String(deps.processId) });
    },
    async 'chat.params'({ sessionID }) {
      tellUses(sessionID);
    },
  };
}

/** What opencode says of its own dialogs. */
const asking: ReadonlySet<string> = new Set([
  'question.asked',
  'question.replied',
  'question.rejected',
  'permission.asked',
  'permission.replied',
]);

const ended: ReadonlySet<string> = new Set(['run', 'acp', 'github', 'pr']);
