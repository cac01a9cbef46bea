import { existsSync } from 'node:fs';
import { isAbsolute } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The files that `NODE_OPTIONS` names and that are gone: no Node starts with them. A debugger leaves such words in a terminal. */
export function goneModules(options: string | undefined): string[] {
  const words = options?.match(/"(?:\\.|[^"\\])*"|\S+/g)?.map((word) => word.replaceAll(/^"|"$/g, '')) ?? [];
  const named = words.flatMap((word, index) => {
    const [flag = '', value] = word.split(/=(.*)/s);
    return /^(?:-r|--require|--import|--(?:experimental-)?loader)$/.test(flag) ? [value ?? words[index + 1] ?? ''] : [];
  });
  return named.map(pathOf).filter((path) => path !== undefined && !existsSync(path)) as string[];
}

/** `undefined` for a package, which only Node finds. */
function pathOf(name: string): string | undefined {
  if (isAbsolute(name)) return name;
  try {
    return name.startsWith('file:') ? fileURLToPath(name) : undefined;
  } catch {
    return undefined;
  }
}
