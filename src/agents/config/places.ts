import { posix, win32 } from 'node:path';
import { assertNever } from '../../util/errors.ts';
import { translatable } from '../../util/sentence.ts';
import type { AgentId } from './agentIds.ts';
import { ConfigError } from './configError.ts';
import type { Machine } from './machine.ts';

/** Where a file is, and whose it is. */
export interface ConfigLocation {
  file: string;
  scope: 'user' | 'project';
}

/** The files of an agent: where its servers stand, or the places in question in the order of preference, and where its hooks. */
export interface AgentPlaces {
  /** The first that is there is taken, or else the last. */
  servers: readonly ConfigLocation[];
  hooks?: ConfigLocation;
  /** Where it is said which tools need no permission, if that isn't beside the servers. With hooks it stands beside those instead. */
  settings?: ConfigLocation;
}

type Surroundings = Pick<Machine, 'platform' | 'env' | 'userHome'>;

/** The folder in which an agent keeps its config, whether or not it is there. */
export function configFolder(agent: AgentId, { platform, env, userHome }: Surroundings): string {
  const { join } = platform === 'win32' ? win32 : posix;
  const set = (name: string) => env[name] || undefined;
  switch (agent) {
    case 'claudeCode':
      return set('CLAUDE_CONFIG_DIR') ?? join(userHome, '.claude');
    case 'codex':
      return set('CODEX_HOME') ?? join(userHome, '.codex');
    case 'geminiCli':
      return join(set('GEMINI_CLI_HOME') ?? userHome, '.gemini');
    case 'copilotCli':
      return set('COPILOT_HOME') ?? join(userHome, '.copilot');
    case 'cursor':
      return join(userHome, '.cursor');
    case 'cline':
      return set('CLINE_DATA_DIR') ?? join(set('CLINE_DIR') ?? join(userHome, '.cline'), 'data');
    case 'opencode':
      return join(set('XDG_CONFIG_HOME') ?? join(userHome, '.config'), 'opencode');
    case 'vscode':
    case 'agentHost':
      return join(userHome, '.vscode');
    default:
      return assertNever(agent);
  }
}

/** The folder that Claude Code makes before it writes to its config, and takes away when it has; other agents lock nothing. */
export function lockOf(file: string): string | undefined {
  return /[\\/]\.claude\.json$/.test(file) ? `${file}.lock` : undefined;
}

/**
 * The files that connect an agent, for a folder or for all of them.
 * @throws ConfigError `unknown` for an agent that is connected by a file of the project, without a folder
 */
export function placesOf(agent: AgentId, surroundings: Surroundings, workspaceId: string, folder: string | undefined): AgentPlaces {
  const { platform, env, userHome } = surroundings;
  const { join } = platform === 'win32' ? win32 : posix;
  const config = configFolder(agent, surroundings);
  const user = (...names: string[]): ConfigLocation => ({ file: join(config, ...names), scope: 'user' });
  const project = (...names: string[]): ConfigLocation => {
    if (folder === undefined) {
      throw new ConfigError(
        'unknown',
        translatable('This agent is connected by a file in its folder, and this workspace has none. Open the folder, then try again.'),
      );
    }
    return { file: join(folder, ...names), scope: 'project' };
  };
  switch (agent) {
    case 'claudeCode':
      return {
        servers: [{ file: join(env['CLAUDE_CONFIG_DIR'] || userHome, '.claude.json'), scope: 'user' }],
        hooks: folder === undefined ? user('settings.json') : project('.claude', 'settings.local.json'),
        settings: user('settings.json'),
      };
    case 'codex':
      return { servers: [user('config.toml')], hooks: user('hooks.json') };
    case 'geminiCli':
      return { servers: [user('settings.json')], hooks: user('settings.json') };
    case 'copilotCli':
      return { servers: [user('mcp-config.json')], hooks: user('hooks', `agentrq-${workspaceId}.json`) };
    case 'cursor':
      return { servers: [user('mcp.json')], hooks: user('hooks.json') };
    case 'cline': {
      const named = env['CLINE_MCP_SETTINGS_PATH'];
      return { servers: [named ? { file: named, scope: 'user' } : user('settings', 'cline_mcp_settings.json')] };
    }
    case 'opencode':
      return { servers: [user('opencode.jsonc'), user('opencode.json')] };
    case 'vscode':
      return { servers: [project('.vscode', 'mcp.json')] };
    case 'agentHost':
      return { servers: [project('.mcp.json')] };
    default:
      return assertNever(agent);
  }
}
