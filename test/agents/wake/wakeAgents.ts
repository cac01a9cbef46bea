import type { AgentProgram, CommandLine } from '../agents/agentProgram.ts';
import { program } from '../agents/agentProgram.ts';
import { claudeCode, resumeClaude } from '../agents/claudeCode.ts';
import { codex, resumeCodex } from '../agents/codex.ts';
import { openCode, resumeOpenCode } from '../agents/openCode.ts';
import type { Stage } from '../stage.ts';

/** An agent that can be woken, as a user has it in a terminal. */
export interface WakeAgent {
  agent: AgentProgram;
  /** Its program, where it is woken by that. */
  program?: string;
  /** @param sessionId a UUID, for an agent that lets its user choose it */
  start(stage: Stage, prompt: string, sessionId: string): CommandLine;
  /** Goes on with a session whose program has died. Absent: its program is let live. */
  resume?(stage: Stage, sessionId: string): CommandLine;
  /** Its command starts the program, which outlives that: both die. */
  hasWrapper?: true;
  /** The processes of its that wait for the user's next word: exactly one while it does nothing. Absent: it is woken otherwise. */
  isWait?(argv: readonly string[]): boolean;
}

const waitsInHook: WakeAgent['isWait'] = ([command = '', ...args]) => command.endsWith('node') && args.includes('--wait');

export const wakeAgents: readonly WakeAgent[] = [
  {
    agent: claudeCode,
    start(stage, prompt, sessionId) {
      const line = inTerminal(claudeCode, stage, prompt);
      return { ...line, args: ['--session-id', sessionId, ...line.args] };
    },
    resume: resumeClaude,
    isWait: waitsInHook,
  },
  {
    agent: codex,
    program: program('@openai/codex', '@openai/codex', 'bin', 'codex.js'),
    start: (stage, prompt) => inTerminal(codex, stage, prompt),
    resume: resumeCodex,
    hasWrapper: true,
  },
  {
    agent: openCode,
    start: (stage, prompt) => inTerminal(openCode, stage, prompt),
    resume: resumeOpenCode,
    isWait: waitsInHook,
  },
];

function inTerminal({ inTerminal: terminal, name }: AgentProgram, stage: Stage, prompt: string): CommandLine {
  if (terminal === undefined) throw new Error(`${name} is not played in a terminal`);
  return terminal.start(stage, prompt, 'own question');
}
