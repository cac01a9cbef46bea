/** The files that a patch of `apply_patch` is about; `undefined` if it isn't certain which. */
export function filesOfPatch(patch: string): readonly string[] | undefined {
  const lines = patch.trim().split(/\r?\n/);
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
