import type { AgentProgram, CommandLine } from '../agents/agentProgram.ts';
import { program } from '../agents/agentProgram.ts';
import { claudeCode } from '../agents/claudeCode.ts';
import { codex } from '../agents/codex.ts';
import { openCode } from '../agents/openCode.ts';
import type { Stage } from '../stage.ts';

/** An agent that can be woken, as a user has it in a terminal. */
export interface WakeAgent {
  agent: AgentProgram;
  /** Its program, where it is woken by that. */
  program?: string;
  start(stage: Stage, prompt: string): CommandLine;
}

export const wakeAgents: readonly WakeAgent[] = [
  { agent: claudeCode, start: (stage, prompt) => inTerminal(claudeCode, stage, prompt) },
  {
    agent: codex,
    program: program('@openai/codex', '@openai/codex', 'bin', 'codex.js'),
    start: (stage, prompt) => inTerminal(codex, stage, prompt),
  },
  { agent: openCode, start: (stage, prompt) => inTerminal(openCode, stage, prompt) },
];

function inTerminal({ inTerminal: terminal, name }: AgentProgram, stage: Stage, prompt: string): CommandLine {
  if (terminal === undefined) throw new Error(`${name} is not played in a terminal`);
  return terminal.start(stage, prompt, 'own question');
}
