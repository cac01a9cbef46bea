import { withinStack } from './configError.ts';
import type { Format, Value } from './entry.ts';
import { jsonFormat } from './jsonFormat.ts';
import { tomlFormat } from './tomlFormat.ts';
import { valueAt } from './values.ts';

/** The formats of agents' config files. */
export const formats: { readonly [K in 'json' | 'toml']: Format } = { json: jsonFormat, toml: tomlFormat };

/** What a config says at a path; `undefined` if nothing. @throws ConfigError `unreadable`, `unfit` */
export function readEntry(text: string, format: keyof typeof formats, path: readonly string[], file: string): Value | undefined {
  const body = text.replace(/^\uFEFF/, '');
  if (body.trim() === '') return undefined;
  return withinStack(file, () => {
    const found = valueAt(formats[format].read(body, file), path);
    // As JSON has it, so that values of both formats, and those that we write, compare.
    return found === undefined ? undefined : (JSON.parse(JSON.stringify(found)) as Value);
  });
}
