/** What a tool does, as far as its name says. */
export type Verb = 'run' | 'edit' | 'write' | 'read' | 'fetch' | 'search' | 'use';

/** Tools of agents by what they do. Names are exact. */
const tools: Readonly<Record<Exclude<Verb, 'use'>, string>> = {
  run: 'Bash bash shell shell_command exec_command local_shell Shell shell_execute execute_command run_shell_command run_in_terminal runInTerminal PowerShell powershell pwsh',
  edit: 'Edit MultiEdit multiedit NotebookEdit replace edit edit_file update str_replace insert_edit_into_file replace_string_in_file replace_in_file',
  write: 'Write write write_file write_to_file create create_file new_file',
  read: 'Read read read_file view',
  fetch: 'WebFetch webfetch web_fetch fetch_webpage',
  search: 'WebSearch websearch web_search google_web_search',
};

const verbs: ReadonlyMap<string, Verb> = new Map(
  Object.entries(tools).flatMap(([verb, names]) => names.split(' ').map((name) => [name, verb as Verb] as const)),
);

/** What the tool with this name does; `use` if that is not known, or depends on its input. */
export function verbOf(tool: string): Verb {
  return verbs.get(tool) ?? 'use';
}

/** The names of the member that holds the path of a file. */
export const pathNames: readonly string[] = ['file_path', 'filePath', 'path', 'absolute_path', 'notebook_path', 'target_file'];
