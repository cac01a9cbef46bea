/** Which agent it is, as far as its tools and their members differ. */
export type AgentFamily = 'claude' | 'codex' | 'copilot' | 'cursor' | 'gemini';

const families: readonly (readonly [RegExp, AgentFamily])[] = [
  [/^claude/i, 'claude'],
  [/^codex/i, 'codex'],
  [/copilot/i, 'copilot'],
  [/^cursor/i, 'cursor'],
  [/^gemini/i, 'gemini'],
];

/** @param agent the name in its `clientInfo` */
export function familyOf(agent: string | undefined): AgentFamily | undefined {
  return families.find(([names]) => names.test(agent ?? ''))?.[1];
}

/**
 * Tools for which there is no rule at all: what they are given goes into a program that runs already, starts one that goes on, or
 * answers in the user's place. In small letters, without what separates words; names of MCP servers are taken off.
 */
const neverARule = new Set(
  [
    // Keystrokes and code for what runs: Codex, Claude Code, Copilot CLI, VS Code, Gemini CLI, opencode
    'writestdin unifiedexec jsrepl jsreplreset repl writebash readbash stopbash writepowershell readpowershell stoppowershell',
    'sendtoterminal killterminal runnotebookcell executenotebookcell ptywrite ptyspawn ptykill',
    // What goes on by itself, and what ends it
    'monitor killshell killbash taskstop bashoutput workflow croncreate crondelete schedulewakeup remotetrigger createandruntask runtask runvscodecommand',
    // More rights, another mode, the user's own answers
    'requestpermissions requestpermission requestuserinput exitplanmode enterplanmode switchmode askuserquestion askuser askfollowupquestion',
    'planmoderespond attemptcompletion askhuman askquestions',
  ].flatMap((line) => line.split(' ')),
);

/** Says that no rule may allow this tool, however narrow. */
export function isNeverARule(tool: string): boolean {
  const name = tool.startsWith('mcp_') ? tool.slice(tool.lastIndexOf('__') + 1) : tool;
  return neverARule.has(name.toLowerCase().replaceAll(/[\W_]/g, ''));
}
