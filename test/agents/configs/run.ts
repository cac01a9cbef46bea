import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { parse } from 'jsonc-parser';
import {
  type AgentId,
  applyPlan,
  type Machine,
  planConnection,
  planDisconnection,
  systemDisk,
  systemGit,
} from '../../../src/agents/config/connectAgent.ts';
import { installScripts } from '../../../src/agents/installScripts.ts';
import { systemClock } from '../../../src/util/clock.ts';
import { programs } from '../../support/programs.ts';
import { program } from '../agents/agentProgram.ts';
import { agents } from '../agents/agents.ts';
import { ensureAgent } from '../ensureAgent.ts';
import { chosen, readOptions } from '../readOptions.ts';
import { openStage, type Stage } from '../stage.ts';
import { jsonShapes, local, openCodeServer, plainServer, type Shapes, stdio, tomlShapes } from './shapes.ts';

// npm run agents:configs: connects real agents whose config has one of eight shapes, lets the agent itself or another tool write the file
// anew, and disconnects. What the agent then reads must be what it read before, and where nobody else wrote the file is the same, byte
// for byte. `-- --only claude,codex` takes a part. Cline has no command that lists its servers: its file is read as JSON.

interface Subject {
  short: string;
  file: (stage: Stage) => string;
  shapes: (stage: Stage) => Shapes;
  list?: readonly string[];
  /** How the agent itself adds a server, where it can be told on the command line. */
  add?: readonly string[];
}

const node = process.execPath;
const claude = program('@anthropic-ai/claude-code', '@anthropic-ai/claude-code', 'bin', 'claude.exe');
const codex = program('@openai/codex', '@openai/codex', 'bin', 'codex.js');
const gemini = program('@google/gemini-cli', '@google/gemini-cli', 'bundle', 'gemini.js');
const copilot = program('@github/copilot', '.bin', 'copilot');
const openCode = program('opencode-ai', 'opencode-ai', 'bin', 'opencode.exe');

const subjects: { readonly [K in AgentId]?: Subject } = {
  claudeCode: {
    short: 'claude',
    file: ({ userHome }) => join(userHome, '.claude.json'),
    shapes: ({ folder }) =>
      jsonShapes((mcpServers) => ({ hasCompletedOnboarding: true, projects: { [folder]: { mcpServers } } }), stdio, false),
    list: [claude, 'mcp', 'list'],
    add: [claude, 'mcp', 'add', 'later', '--', 'node', '/nowhere/later.mjs'],
  },
  codex: {
    short: 'codex',
    file: ({ userHome }) => join(userHome, '.codex', 'config.toml'),
    shapes: () => tomlShapes,
    list: [node, codex, 'mcp', 'list'],
    add: [node, codex, 'mcp', 'add', 'later', '--', 'node', '/nowhere/later.mjs'],
  },
  geminiCli: {
    short: 'gemini',
    file: ({ userHome }) => join(userHome, '.gemini', 'settings.json'),
    shapes: () => jsonShapes((mcpServers) => ({ security: { folderTrust: { enabled: false } }, mcpServers }), plainServer, true),
    list: [node, gemini, 'mcp', 'list'],
    add: [node, gemini, 'mcp', 'add', '--scope', 'user', 'later', 'node', '/nowhere/later.mjs'],
  },
  copilotCli: {
    short: 'copilot',
    file: ({ userHome }) => join(userHome, '.copilot', 'mcp-config.json'),
    shapes: () => jsonShapes((mcpServers) => ({ mcpServers }), local, false),
    list: [copilot, 'mcp', 'list'],
    add: [copilot, 'mcp', 'add', 'later', '--', 'node', '/nowhere/later.mjs'],
  },
  cline: {
    short: 'cline',
    file: ({ userHome }) => join(userHome, '.cline', 'data', 'settings', 'cline_mcp_settings.json'),
    shapes: () => jsonShapes((mcpServers) => ({ mcpServers }), stdio, false),
  },
  opencode: {
    short: 'opencode',
    file: ({ userHome }) => join(userHome, '.config', 'opencode', 'opencode.json'),
    shapes: () => jsonShapes((mcp) => ({ mcp }), openCodeServer, true),
    list: [openCode, 'mcp', 'list'],
  },
};

const shorts = Object.values(subjects).map(({ short }) => short);
const usage = `Usage: npm run agents:configs -- [--only NAME,…]

  --only NAME,…  the agents: ${shorts.join(', ')}
  --help         print this
`;

const wanted = chosen('only', readOptions(usage, { only: { type: 'string' } }).only, shorts, usage);
let failed = 0;
for (const { id, name, packageName } of agents) {
  const subject = subjects[id];
  if (subject === undefined || !wanted.includes(subject.short)) continue;
  await ensureAgent(packageName, (line) => console.log(line));
  const stage = await openStage({ traffic: '/dev/null' });
  try {
    for (const [shape, text] of Object.entries(subject.shapes(stage))) {
      const problems = await play(stage, id, subject, text);
      failed += problems.length;
      console.log(`${name}, ${shape}: ${problems.length === 0 ? 'as it was' : problems.join('; ')}`);
    }
  } finally {
    await stage.dispose();
  }
}
process.exitCode = failed === 0 ? 0 : 1;

async function play(stage: Stage, agent: AgentId, { file, list, add }: Subject, before: string | undefined): Promise<string[]> {
  const path = file(stage);
  const { userHome, folder, workspaceId } = stage;
  const machine: Machine = {
    platform: process.platform,
    env: {},
    userHome,
    home: join(userHome, '.agentrq'),
    disk: systemDisk,
    git: systemGit,
    clock: systemClock,
  };
  const problems: string[] = [];
  const text = (): string | undefined => (existsSync(path) ? readFileSync(path, 'utf8') : undefined);
  const check = (what: string, is: unknown, wantedValue: unknown): void => {
    if (is !== wantedValue)
      problems.push(`${what}: ${JSON.stringify(is)?.slice(0, 300)} instead of ${JSON.stringify(wantedValue)?.slice(0, 300)}`);
  };
  const put = (next: string | undefined): void => {
    if (next === undefined) return rmSync(path, { force: true });
    stage.put(path, next);
  };
  const connect = async (): Promise<void> => {
    installScripts({ from: dirname(programs.bridge), home: machine.home });
    await applyPlan(machine, await planConnection(machine, { agent, workspaceId, folder, reach: { transport: 'bridge' }, hooks: true }));
  };
  const disconnect = async (): Promise<void> =>
    void (await applyPlan(machine, await planDisconnection(machine, { agent, workspaceId, folder })));
  /** The servers that the agent reads. */
  const read = (): string => {
    const known = ['other', 'later', `agentrq-${workspaceId}`];
    const said = list === undefined ? (text() ?? '') : run(list, stage);
    return known.filter((name) => said.includes(name)).join(' ');
  };

  const names = (...some: string[]): string => some.filter((name) => name !== '').join(' ');
  const ours = `agentrq-${workspaceId}`;
  put(before);
  const first = before === undefined ? '' : read();
  check('read before', first, before === undefined ? '' : 'other');

  // The agent may have written to its file when it was only asked.
  put(before);
  await connect();
  await disconnect();
  check('byte for byte', text(), before);

  await connect();
  check('connected', read(), names(first, ours));
  const later = add === undefined ? '' : 'later';
  if (add === undefined) writeFileSync(path, rewritten(text() ?? ''));
  else run(add, stage);
  check('written anew', read(), names(first, later, ours));
  await disconnect();
  check('at last', read(), names(first, later));
  if (text()?.includes('agentrq') === true) problems.push('something of ours is left');
  return problems;
}

/** As another tool does, which keeps neither lines nor comments. */
function rewritten(text: string): string {
  return `${JSON.stringify(parse(text), null, 4)}\r\n`;
}

function run([command = '', ...args]: readonly string[], { folder, env }: Stage): string {
  const extra = {
    DISABLE_AUTOUPDATER: '1',
    CLAUDE_CODE_DISABLE_NONESSENTIAL_TRAFFIC: '1',
    GEMINI_API_KEY: 'x',
    OPENCODE_DISABLE_MODELS_FETCH: '1',
    COPILOT_OFFLINE: 'true',
  };
  const { stdout, stderr } = spawnSync(command, args, { cwd: folder, env: { ...env, ...extra }, encoding: 'utf8', timeout: 120_000 });
  return stdout + stderr;
}
