import { waitHeader } from '../../protocol/limits.ts';
import { serverName } from '../../protocol/names.ts';
import { unaskedTools } from '../../protocol/unaskedTools.ts';
import type { AgentId } from './agentIds.ts';
import { claudeKeys } from './claudeProject.ts';
import type { Entry, Value } from './entry.ts';
import { bridgeArguments } from './hookCommand.ts';
import type { Machine } from './machine.ts';

/** A tool call may wait this long for the user, where the agent lets its config say so. */
const toolTimeoutSeconds = 3_600;

/** How long the hub may let such a call wait: a bit less than the agent does. */
const promisedWaitSeconds = toolTimeoutSeconds - 10;

/** How an agent reaches the hub: at its address, with a token, or by a script that finds it and holds neither. */
export type Reach = { transport: 'http'; mcpUrl: string; token: string } | { transport: 'bridge' };

/** What a server entry is made of. */
export interface ServerTarget {
  machine: Pick<Machine, 'home' | 'userHome' | 'platform'>;
  workspaceId: string;
  reach: Reach;
  /** The folder that a local entry is for. */
  folder: string | undefined;
}

/**
 * The entry that makes the hub a server of an agent; the same in several places where nobody knows in which the agent looks. `present` is
 * what the file says already, where a format has two shapes.
 */
export function serverEntries(agent: AgentId, target: ServerTarget, present: Value | undefined): [Entry, ...Entry[]] {
  const { machine, workspaceId, reach, folder } = target;
  const { paths, value } = shapes[agent]({
    script: (raised) => ({ command: 'node', args: bridgeArguments(machine, workspaceId, raised ? promisedWaitSeconds : undefined), env }),
    claudeKeys: () => (folder === undefined ? undefined : claudeKeys(folder, machine.platform)),
    present,
    // Nothing tells how long a call may wait where no time-out can be raised: the hub goes by what it knows of the agent.
    http: (raised) =>
      reach.transport === 'http'
        ? {
            url: reach.mcpUrl,
            headers: { Authorization: `Bearer ${reach.token}`, ...(raised ? { [waitHeader]: String(promisedWaitSeconds) } : {}) },
          }
        : undefined,
  });
  const [first, ...others] = paths.map((path): Entry => ({ path: [...path, serverName(workspaceId)], value, kind: 'member' }));
  if (first === undefined) throw new Error('an agent without a place for its servers');
  return [first, ...others];
}

/** What an editor or a debugger adds to every Node is not for the bridge, which would not start once that is gone. */
const env = { NODE_OPTIONS: '' };

interface Ingredients {
  script(raised: boolean): { command: string; args: string[]; env: { [name: string]: string } };
  claudeKeys(): string[] | undefined;
  present: Value | undefined;
  /** The address and its headers; `undefined` if the bridge is wanted. */
  http(raised: boolean): { url: string; headers: Record<string, string> } | undefined;
}

interface Shape {
  paths: string[][];
  value: { [key: string]: Value };
}

const timeout = toolTimeoutSeconds * 1_000;

const shapes: { readonly [K in AgentId]: (ingredients: Ingredients) => Shape } = {
  claudeCode({ script, http, claudeKeys: keys }) {
    const server = http(true);
    return {
      paths: keys()?.map((key) => ['projects', key, 'mcpServers']) ?? [['mcpServers']],
      value: { ...(server ? { type: 'http', ...server } : { type: 'stdio', ...script(true) }), timeout, alwaysLoad: true },
    };
  },

  codex({ script, http }) {
    const server = http(true);
    const reach = server ? { url: server.url, http_headers: server.headers } : script(true);
    const tools = Object.fromEntries(unaskedTools.map((tool) => [tool, { approval_mode: 'approve' }]));
    return { paths: [['mcp_servers']], value: { ...reach, tool_timeout_sec: toolTimeoutSeconds, tools } };
  },

  geminiCli({ script, http }) {
    const server = http(true);
    const reach = server ? { httpUrl: server.url, headers: server.headers } : script(true);
    return { paths: [['mcpServers']], value: { ...reach, timeout } };
  },

  vscode({ script, http }) {
    const server = http(false);
    return { paths: [['servers']], value: server ? { type: 'http', ...server } : { type: 'stdio', ...script(false) } };
  },

  copilotCli({ script, http }) {
    const server = http(true);
    const reach = server ? { type: 'http', ...server } : { type: 'local', ...script(true) };
    return { paths: [['mcpServers']], value: { ...reach, tools: ['*'], timeout } };
  },

  // Claude Code reads this file as well, so it is written in the way that both take; and it is shared, so there is no token in it.
  agentHost({ script }) {
    return { paths: [['mcpServers']], value: { type: 'stdio', ...script(true), tools: ['*'], timeout } };
  },

  cursor({ script, http }) {
    return { paths: [['mcpServers']], value: http(false) ?? script(false) };
  },

  cline({ script, http }) {
    const server = http(true);
    const reach = server ? { type: 'streamableHttp', ...server } : { type: 'stdio', ...script(true) };
    return { paths: [['mcpServers']], value: { ...reach, timeout: toolTimeoutSeconds, disabled: false, autoApprove: [...unaskedTools] } };
  },

  opencode({ script, http, present }) {
    const server = http(true);
    const program = script(true);
    const reach: Shape['value'] = server
      ? { type: 'remote', ...server, oauth: false }
      : { type: 'local', command: [program.command, ...program.args], environment: program.env };
    return hasServers(present)
      ? { paths: [['mcp', 'servers']], value: { ...reach, timeout: { request: timeout } } }
      : { paths: [['mcp']], value: { ...reach, enabled: true, timeout } };
  },
};

/** Whether a config of opencode has the shape of its second version, where servers have a member of their own. */
export function hasServers(present: Value | undefined): boolean {
  const servers = member(member(present, 'mcp'), 'servers');
  return typeof servers === 'object' && typeof member(servers, 'type') !== 'string';
}

function member(value: Value | undefined, key: string): Value | undefined {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? value[key] : undefined;
}
