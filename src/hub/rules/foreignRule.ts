import { HubError } from '../../protocol/hubErrors.ts';
import { findFileTool } from './fileTools.ts';
import { findShellTool } from './shellTools.ts';

// Other programs' spellings of rules: what means the same here is translated, the rest is refused with a sentence.

/** What these call their shell, and whether a command without a star there means any arguments as well. */
const shells: Readonly<Record<string, { tool: string; isPrefix: boolean }>> = {
  // Copilot CLI
  shell: { tool: 'bash', isPrefix: false },
  // Gemini CLI
  ShellTool: { tool: 'run_shell_command', isPrefix: true },
  run_shell_command: { tool: 'run_shell_command', isPrefix: true },
  // Cursor
  Shell: { tool: 'Shell', isPrefix: true },
};

/** The rule as it is written here; one that isn't in another program's spelling comes back as it is. @throws HubError `invalid_input` */
export function translateRule(source: string): string {
  const text = source.trim();
  if (/^prefix_rule\s*\(/.test(text)) return prefixRule(text);
  const [, tool = '', inner = ''] = /^([A-Za-z]\w*)\((.*)\)$/s.exec(text) ?? [];
  if (tool === '') return text;
  const shell = shells[tool] ?? (findShellTool(tool) === undefined ? undefined : { tool, isPrefix: false });
  if (shell !== undefined) return inner === '' ? shell.tool : `${shell.tool}:${commandOf(inner, shell.isPrefix)}`;
  if (findFileTool(tool) !== undefined) return `${tool}:${pathOf(tool, inner)}`;
  throw refused(`Here a rule is about the whole input of ${tool}. Write ${tool}:{…} with that as JSON, or ${tool} alone.`);
}

/** @throws HubError that says how the rule is written here */
export function refuseForeign(text: string): void {
  const own = translateRule(text);
  if (own !== text.trim()) throw refused(`Rules are written without brackets here, such as ${own}.`);
}

/** Claude's and Copilot's `git log:*` has a blank here. */
function commandOf(inner: string, isPrefix: boolean): string {
  const command = inner.trim().replace(/(?:\s*:\s*|\s+)\*$/, ' *');
  return isPrefix && !command.endsWith('*') ? `${command} *` : command;
}

/** Claude's paths are written as in .gitignore: `/src/**` from the project on, `//etc` from the root, `~/x` from the home folder. */
function pathOf(tool: string, inner: string): string {
  if (inner.startsWith('//') || inner.startsWith('~')) {
    throw refused(`A rule is about files of the workspace. Write a path from there on, such as ${tool}:src/**.`);
  }
  return inner.replace(/^\.?\//, '');
}

/** Codex: `prefix_rule(pattern=["git", "log"], decision="allow")`. */
function prefixRule(text: string): string {
  const list = /pattern\s*=\s*(\[[^[\]]*\])/.exec(text)?.[1];
  const decision = /decision\s*=\s*["'](\w+)["']/.exec(text)?.[1] ?? 'allow';
  const words = list === undefined ? [] : [...list.matchAll(/"([\w./@=:+-]+)"/g)].map(([, word = '']) => word);
  const isWhole =
    list !== undefined && words.length > 0 && list.replaceAll(/[\s"[\]]/g, '') === words.join(',') + (/,\s*\]$/.test(list) ? ',' : '');
  if (!isWhole || decision !== 'allow') {
    throw refused('Of the rules of Codex, those that allow plain words can be taken over: prefix_rule(pattern=["npm", "test"]).');
  }
  return `Bash:${words.join(' ')} *`;
}

function refused(message: string): HubError {
  return new HubError('invalid_input', message);
}
