// Which agent can do what: the table of the README, row by row, and how each agent speaks. `recorded`: what this version of the real
// program was seen to send to a hub (npm run agents); the others are played as their documentation says.

export const capabilities = ['tasks', 'question', 'permission', 'unread messages', 'stop hook', 'channel'] as const;
export type Capability = (typeof capabilities)[number];

/** `works`, `no`, or `with a limit` and the number of the note below the table. */
export type Cell = 'works' | 'no' | `with a limit [${number}]`;

/** How an agent speaks to the hub. */
export interface Wire {
  /** The name in its `clientInfo`. */
  client: string;
  /** The revision of MCP that it stays on. */
  revision: '2026-07-28' | '2025-11-25' | '2025-06-18';
  accept?: string;
  recorded?: string;
  /** The part of its hooks' address, and the members that its events have. */
  hooks?: {
    dialect: string;
    session: Record<string, unknown>;
    permission?: Record<string, unknown>;
    stop: Record<string, unknown>;
  };
}

export interface Row {
  agent: string;
  wire: Wire;
  cells: { readonly [K in Capability]: Cell };
}

const claudeSession = { session_id: 's1', transcript_path: '/t.jsonl', cwd: '/home/me/shop', permission_mode: 'default' };
const bash = { tool_name: 'Bash', tool_input: { command: 'npm publish' } };

export const rows: readonly Row[] = [
  {
    agent: 'Claude Code',
    wire: {
      client: 'claude-code',
      revision: '2026-07-28',
      recorded: '2.1.332',
      hooks: {
        dialect: 'claude-code',
        session: claudeSession,
        permission: { hook_event_name: 'PermissionRequest', ...bash, permission_suggestions: [] },
        stop: { hook_event_name: 'Stop', stop_hook_active: false, last_assistant_message: 'Done.' },
      },
    },
    cells: {
      tasks: 'works',
      question: 'works',
      permission: 'works',
      'unread messages': 'works',
      'stop hook': 'works',
      channel: 'with a limit [1]',
    },
  },
  {
    agent: 'Codex',
    wire: {
      client: 'codex-mcp-client',
      revision: '2025-06-18',
      accept: 'text/event-stream, application/json',
      recorded: '0.171.0',
      hooks: {
        dialect: 'codex',
        session: { session_id: '0199', turn_id: 't1', cwd: '/home/me/shop', model: 'gpt' },
        permission: { hook_event_name: 'PermissionRequest', ...bash },
        stop: { hook_event_name: 'Stop', stop_hook_active: false, last_assistant_message: null },
      },
    },
    cells: {
      tasks: 'works',
      question: 'works',
      permission: 'with a limit [2]',
      'unread messages': 'works',
      'stop hook': 'with a limit [2]',
      channel: 'no',
    },
  },
  {
    agent: 'Gemini CLI',
    wire: {
      client: 'gemini-cli-mcp-client',
      revision: '2025-06-18',
      recorded: '0.61.0',
      hooks: {
        dialect: 'gemini',
        session: { session_id: 'g1', cwd: '/home/me/shop', timestamp: '2026-01-01T00:00:00Z' },
        stop: { hook_event_name: 'AfterAgent', prompt: 'x', prompt_response: 'y', stop_hook_active: false },
      },
    },
    cells: {
      tasks: 'works',
      question: 'works',
      permission: 'no',
      'unread messages': 'works',
      'stop hook': 'works',
      channel: 'no',
    },
  },
  {
    agent: 'VS Code chat',
    wire: { client: 'Visual Studio Code', revision: '2025-06-18', recorded: 'the tests inside VS Code' },
    cells: { tasks: 'works', question: 'works', permission: 'no', 'unread messages': 'works', 'stop hook': 'no', channel: 'no' },
  },
  {
    agent: 'Copilot CLI',
    wire: {
      client: 'copilot-cli',
      revision: '2026-07-28',
      recorded: '1.0.102',
      hooks: {
        dialect: 'copilot',
        session: { session_id: 'c1', cwd: '/home/me/shop' },
        stop: { hook_event_name: 'Stop', stop_reason: 'end_turn' },
      },
    },
    cells: {
      tasks: 'works',
      question: 'works',
      permission: 'no',
      'unread messages': 'works',
      'stop hook': 'works',
      channel: 'no',
    },
  },
  {
    agent: 'Cursor',
    wire: {
      client: 'cursor-vscode',
      revision: '2025-06-18',
      hooks: {
        dialect: 'cursor',
        session: { conversation_id: 'k1', generation_id: 'g', workspace_roots: ['/home/me/shop'] },
        stop: { hook_event_name: 'stop', status: 'completed', loop_count: 0 },
      },
    },
    cells: {
      tasks: 'with a limit [3]',
      question: 'with a limit [3]',
      permission: 'no',
      'unread messages': 'with a limit [3]',
      'stop hook': 'with a limit [3]',
      channel: 'no',
    },
  },
  {
    agent: 'Cline',
    wire: { client: '@cline/core', revision: '2025-11-25', recorded: '3.0.65' },
    cells: { tasks: 'works', question: 'works', permission: 'no', 'unread messages': 'works', 'stop hook': 'no', channel: 'no' },
  },
  {
    agent: 'opencode',
    wire: { client: 'opencode', revision: '2025-11-25', recorded: '1.18.33' },
    cells: { tasks: 'works', question: 'works', permission: 'no', 'unread messages': 'works', 'stop hook': 'no', channel: 'no' },
  },
  {
    agent: 'AgentRQ’s gateways',
    wire: { client: 'acp-gateway', revision: '2025-11-25' },
    cells: {
      tasks: 'with a limit [4]',
      question: 'no',
      permission: 'with a limit [4]',
      'unread messages': 'with a limit [4]',
      'stop hook': 'no',
      channel: 'with a limit [4]',
    },
  },
];
