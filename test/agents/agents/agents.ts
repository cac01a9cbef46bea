import type { AgentProgram } from './agentProgram.ts';
import { claudeCode } from './claudeCode.ts';
import { cline } from './cline.ts';
import { codex } from './codex.ts';
import { copilotCli } from './copilotCli.ts';
import { geminiCli } from './geminiCli.ts';
import { openCode } from './openCode.ts';

/** The agents whose programs come from the npm registry. */
export const agents: readonly AgentProgram[] = [claudeCode, codex, geminiCli, copilotCli, cline, openCode];
