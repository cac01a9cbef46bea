/** A tool that reads or writes the files that its input names. */
export interface FileTool {
  writes: boolean;
  /** The files, in the input as parsed; `undefined` if it isn't certain which. */
  files: (input: Readonly<Record<string, unknown>>) => readonly string[] | undefined;
}

/** One file, in the first of these members that is there; no other may be. */
function member(...names: string[]): FileTool['files'] {
  return (input) => {
    const present = names.filter((name) => input[name] !== undefined);
    const path = input[present[0] ?? ''];
    return present.length === 1 && typeof path === 'string' && path !== '' ? [path] : undefined;
  };
}

function patch(...names: string[]): FileTool['files'] {
  return (input) => {
    const text = member(...names)(input)?.[0];
    return text === undefined ? undefined : filesOfPatch(text);
  };
}

/** VS Code replaces in several files at once. */
function replacements(input: Readonly<Record<string, unknown>>): readonly string[] | undefined {
  const list: unknown[] = Array.isArray(input['replacements']) ? input['replacements'] : [];
  const files = list.map((one) => (typeof one === 'object' && one !== null && 'filePath' in one ? one.filePath : undefined));
  return files.length > 0 && files.every((file) => typeof file === 'string') ? files : undefined;
}

const reads = (files: FileTool['files']): FileTool => ({ writes: false, files });
const writes = (files: FileTool['files']): FileTool => ({ writes: true, files });

/** Names are exact. */
const fileTools: ReadonlyMap<string, FileTool> = new Map([
  // Claude Code
  ['Edit', writes(member('file_path'))],
  ['MultiEdit', writes(member('file_path'))],
  ['Write', writes(member('file_path'))],
  ['NotebookEdit', writes(member('notebook_path'))],
  ['Read', reads(member('file_path'))],
  // Codex
  ['apply_patch', writes(patch('command', 'input', 'patch'))],
  // Gemini CLI
  ['write_file', writes(member('file_path', 'path'))],
  ['replace', writes(member('file_path'))],
  ['read_file', reads(member('absolute_path', 'file_path', 'filePath', 'path'))],
  // Copilot CLI
  ['create', writes(member('path'))],
  ['edit', writes(member('path', 'filePath'))],
  ['view', reads(member('path'))],
  // VS Code
  ['create_file', writes(member('filePath'))],
  ['insert_edit_into_file', writes(member('filePath'))],
  ['replace_string_in_file', writes(member('filePath'))],
  ['multi_replace_string_in_file', writes(replacements)],
  // Cline
  ['write_to_file', writes(member('path'))],
  ['replace_in_file', writes(member('path'))],
  // opencode
  ['write', writes(member('filePath'))],
  ['read', reads(member('filePath'))],
  ['patch', writes(patch('patchText'))],
]);

export function findFileTool(tool: string): FileTool | undefined {
  return fileTools.get(tool);
}

/** The files that a patch of `apply_patch` is about; `undefined` if it isn't certain which. */
function filesOfPatch(text: string): readonly string[] | undefined {
  const lines = text.trim().split(/\r?\n/);
  if (lines[0] !== '*** Begin Patch' || lines.at(-1) !== '*** End Patch') return undefined;
  const files: string[] = [];
  for (const line of lines.slice(1, -1)) {
    if (!line.startsWith('***') || line === '*** End of File') continue;
    const path = /^\*\*\* (?:Add File|Update File|Delete File|Move to): (.*\S)$/.exec(line)?.[1];
    if (path === undefined) return undefined;
    files.push(path);
  }
  return files.length === 0 ? undefined : files;
}
