import type { Value } from './entry.ts';
import { parseJson, valueOf } from './jsonTree.ts';
import { parseToml } from './tomlFormat.ts';

/** What a config says at a path; `undefined` if nothing. @throws ConfigError `unreadable` */
export function readEntry(text: string, format: 'json' | 'toml', path: readonly string[], file: string): Value | undefined {
  const body = text.replace(/^\uFEFF/, '');
  if (body.trim() === '') return undefined;
  // As JSON has it, so that values of both formats, and those that we write, compare.
  let found = JSON.parse(JSON.stringify(format === 'json' ? valueOf(parseJson(body, file)) : parseToml(body, file).value)) as
    | Value
    | undefined;
  for (const key of path) {
    found = typeof found === 'object' && found !== null && !Array.isArray(found) && Object.hasOwn(found, key) ? found[key] : undefined;
  }
  return found;
}
