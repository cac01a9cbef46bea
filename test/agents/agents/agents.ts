import type { AgentProgram } from './agentProgram.ts';
import { claudeCode } from './claudeCode.ts';

/** The agents whose programs come from the npm registry. */
export const agents: readonly AgentProgram[] = [claudeCode];
