// How each agent is told where its hub is: a command to run, an entry for its config file, or both. The token is in them, so they
// belong into files of the user, never into one of the project.

import { tomlTable } from './config/tomlText.ts';
import { serverName, toolTimeoutSeconds } from './serverName.ts';

export { serverName };

/** What an entry needs to know. */
export interface ConnectorTarget {
  /** The MCP address of the workspace. */
  url: string;
  /** The agent's token for that workspace. */
  token: string;
  /** The id of the workspace. */
  workspace: string;
}

export const connectorIds = ['claudeCode', 'codex', 'geminiCli', 'vscode'] as const;
export type ConnectorId = (typeof connectorIds)[number];

/** What the person copies. */
export interface Connector {
  /** One line for a POSIX shell, PowerShell or cmd. Absent where the agent has no such command that takes a token. */
  command?: string;
  entry: { format: 'json' | 'toml'; text: string };
}

/** Writes down how this agent reaches the hub. */
export function connectorFor(id: ConnectorId, target: ConnectorTarget): Connector {
  return connectors[id](target);
}

const connectors: { readonly [K in ConnectorId]: (target: ConnectorTarget) => Connector } = {
  // Without a scope the entry goes to the user's own file, for the folder in which the command runs.
  claudeCode: (target) => ({
    command: `claude mcp add --transport http ${serverName(target.workspace)} ${quote(target.url)} --header ${quote(`Authorization: ${bearer(target)}`)}`,
    entry: json({
      mcpServers: {
        [serverName(target.workspace)]: {
          type: 'http',
          url: target.url,
          headers: { Authorization: bearer(target) },
          timeout: toolTimeoutSeconds * 1_000,
          alwaysLoad: true,
        },
      },
    }),
  }),

  // Its command takes the token only from an environment variable, which agents started from a desktop don't have.
  codex: (target) => ({
    entry: {
      format: 'toml',
      text: `${tomlTable(['mcp_servers', serverName(target.workspace)], {
        url: target.url,
        http_headers: { Authorization: bearer(target) },
        tool_timeout_sec: toolTimeoutSeconds,
      })}\n`,
    },
  }),

  // Its own scope would be the project's settings file, which is often committed.
  geminiCli: (target) => ({
    command: `gemini mcp add --scope user --transport http --timeout ${toolTimeoutSeconds * 1_000} --header ${quote(`Authorization: ${bearer(target)}`)} ${serverName(target.workspace)} ${quote(target.url)}`,
    entry: json({
      mcpServers: {
        [serverName(target.workspace)]: {
          httpUrl: target.url,
          headers: { Authorization: bearer(target) },
          timeout: toolTimeoutSeconds * 1_000,
        },
      },
    }),
  }),

  vscode: (target) => ({
    entry: json({
      servers: { [serverName(target.workspace)]: { type: 'http', url: target.url, headers: { Authorization: bearer(target) } } },
    }),
  }),
};

function bearer({ token }: ConnectorTarget): string {
  return `Bearer ${token}`;
}

function json(value: unknown): { format: 'json'; text: string } {
  return { format: 'json', text: `${JSON.stringify(value, null, 2)}\n` };
}

// Double quotes mean the same in a POSIX shell, PowerShell and cmd, as long as nothing between them is special in one of them.
// Addresses and tokens are made of such characters; anything else would be an error of ours, or an attack.
const quotable = /^[A-Za-z0-9 ._~:/?=+,@[\]-]*$/;

function quote(value: string): string {
  if (!quotable.test(value)) throw new Error('an address or a token has characters that a shell could misread');
  return `"${value}"`;
}
