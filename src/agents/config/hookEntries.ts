import { hookWaitSeconds } from '../../protocol/limits.ts';
import { serverName } from '../../protocol/names.ts';
import { assertNever } from '../../util/errors.ts';
import type { AgentId } from './agentIds.ts';
import type { Entry, Value } from './entry.ts';
import { type HookDialect, hookCommand, settledCommand, stopCommand } from './hookCommand.ts';
import type { Machine } from './machine.ts';

/** The agents that can be told to report to the hub, and how they name themselves there. */
export const hookDialects: { readonly [K in AgentId]?: HookDialect } = {
  claudeCode: 'claude-code',
  codex: 'codex',
  geminiCli: 'gemini',
  copilotCli: 'copilot',
  cursor: 'cursor',
};

/**
 * A permission waits for the user; everything else is only told, in seconds. Claude Code shows its own dialog meanwhile; Codex shows it
 * only afterwards, so a user in front of it must not wait for long.
 */
const permissionSeconds = 600;
const reportSeconds = 30;
/** The longest time-out that Claude Code takes, 24 days: its timer counts milliseconds in 31 bits, and one that is too long is none. */
const waitSeconds = 2_147_483;

/** What hook entries are made of. */
export interface HookTarget {
  machine: Pick<Machine, 'home' | 'userHome' | 'platform'>;
  workspaceId: string;
  /** For agents that call an address themselves, where the file may hold a token. */
  http?: { hubUrl: string; token: string };
  /** The agent may be woken when the user has said something. */
  wake: boolean;
}

/** The entries that make an agent report to the hub; none if it has no hooks. */
export function hookEntries(agent: AgentId, target: HookTarget): Entry[] {
  const dialect = hookDialects[agent];
  if (dialect === undefined) return [];
  const { http, machine, workspaceId, wake } = target;
  const command = hookCommand(machine, dialect, workspaceId);
  const stop = stopCommand(machine, dialect, workspaceId);
  const on = (event: string, value: Value): Entry => ({ path: ['hooks', event], value, kind: 'element' });
  const beforeTools = (event: string, more: { name?: string; timeout: number }): Entry[] =>
    stop === undefined ? [] : [on(event, { hooks: [{ ...more, type: 'command', command: stop }] })];
  switch (dialect) {
    case 'claude-code': {
      const wait = {
        type: 'command',
        command: hookCommand(machine, dialect, workspaceId, ['--wait']),
        async: true,
        asyncRewake: true,
        timeout: waitSeconds,
      };
      const waits = wake ? [on('Stop', { hooks: [wait] }), on('SessionStart', { matcher: 'startup|resume|clear', hooks: [wait] })] : [];
      if (http !== undefined) {
        const url = `${http.hubUrl}/hooks/${workspaceId}/${dialect}`;
        const handler = { type: 'http', url, headers: { Authorization: `Bearer ${http.token}` } };
        const events = [...claudeEvents, ['PreToolUse', reportSeconds] as const];
        return [...events.map(([event, timeout]) => on(event, { hooks: [{ ...handler, timeout }] })), ...waits];
      }
      const later = { type: 'command', command: hookCommand(machine, dialect, workspaceId, ['--later']), async: true };
      // It comes with the report of each use, and tells more only of what the agent has asked in its own window.
      const settled = { ...later, command: settledCommand(machine, dialect, workspaceId) ?? later.command };
      return [
        ...claudeEvents.map(([event, timeout]) => {
          const handler = event === 'PostToolBatch' ? settled : unawaited.has(event) ? later : { type: 'command', command };
          return on(event, { hooks: [{ ...handler, timeout }] });
        }),
        // The report of their use comes later, and which task the session works on has to be known by then.
        ...beforeTools('PreToolUse', { timeout: reportSeconds }).flatMap((stops) => [
          stops,
          on('PreToolUse', {
            matcher: `mcp__${serverName(workspaceId)}__${takesTask}`,
            hooks: [{ type: 'command', command, timeout: reportSeconds }],
          }),
        ]),
        ...waits,
      ];
    }
    case 'codex':
      return [
        ...codexEvents.map(([event, timeout]) => on(event, { hooks: [{ type: 'command', command, timeout }] })),
        ...beforeTools('PreToolUse', { timeout: reportSeconds }),
        // No other event tells that it asks something by itself, in its plan mode.
        on('PreToolUse', { matcher: 'request_user_input', hooks: [{ type: 'command', command, timeout: reportSeconds }] }),
      ];
    // Its notification tells of a permission, but nobody can give it there. In milliseconds.
    case 'gemini':
      return [
        ...['AfterAgent', 'Notification', 'BeforeAgent', 'SessionEnd'].map((event) => on(event, { hooks: [{ ...inGemini, command }] })),
        // Which task the session works on: it says so before its use of our tools alone.
        on('BeforeTool', { matcher: `mcp_${serverName(workspaceId)}_${takesTask}`, hooks: [{ ...inGemini, command }] }),
        // That what it asked by itself was answered; it says so of nothing else.
        on('AfterTool', { matcher: 'ask_user|exit_plan_mode', hooks: [{ ...inGemini, command }] }),
        ...beforeTools('BeforeTool', { name: 'agentrq', timeout: reportSeconds * 1_000 }),
      ];
    // Its permission hook runs before its own rules, so it would ask about everything that needs no asking.
    case 'copilot': {
      const shell = machine.platform === 'win32' ? 'powershell' : 'bash';
      return [
        version,
        ...copilotEvents.map((event) => on(event, { type: 'command', [shell]: command, timeoutSec: reportSeconds })),
        ...(stop === undefined ? [] : [on('PreToolUse', { type: 'command', [shell]: stop, timeoutSec: reportSeconds })]),
      ];
    }
    // Its other hooks run before every command, whether or not a user has to be asked.
    case 'cursor':
      return [version, on('stop', { command, timeout: reportSeconds })];
    default:
      return assertNever(dialect);
  }
}

/** The tools by which a session says which task it works on, for a regular expression. */
const takesTask = '(updateTaskStatus|reply)';

const inGemini = { name: 'agentrq', type: 'command', timeout: reportSeconds * 1_000 };

const version: Entry = { path: ['version'], value: 1, kind: 'needed' };

// Several of these tell that a permission was decided in its own window. Claude Code before 2.1.119 knows no `PostToolBatch`; before
// 2.1.101 it passes over a whole file with an event that it doesn't know.
const claudeEvents = [
  ['PermissionRequest', hookWaitSeconds],
  ['Stop', reportSeconds],
  ['Notification', reportSeconds],
  ['UserPromptSubmit', reportSeconds],
  ['PostToolUse', reportSeconds],
  ['PostToolUseFailure', reportSeconds],
  ['PostToolBatch', reportSeconds],
  ['PermissionDenied', reportSeconds],
  ['SubagentStop', reportSeconds],
  ['SessionEnd', reportSeconds],
] as const;

/**
 * What happens with every use of a tool, and needs no answer at once: a process for each would take longer than most tools. Claude Code
 * can't go on without waiting for an address, which answers in a few milliseconds.
 */
const unawaited: ReadonlySet<string> = new Set(['PostToolUse', 'PostToolUseFailure', 'PostToolBatch', 'PermissionDenied', 'SubagentStop']);

const codexEvents = [
  ['PermissionRequest', permissionSeconds],
  ['Stop', reportSeconds],
  ['UserPromptSubmit', reportSeconds],
  ['PostToolUse', reportSeconds],
] as const;

// With a capital they carry the name of the event; the notification has it anyway, and no other spelling.
const copilotEvents = ['Stop', 'notification', 'UserPromptSubmit', 'PostToolUse', 'SessionEnd'];
