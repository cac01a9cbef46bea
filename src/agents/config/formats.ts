import type { Format } from './entry.ts';
import { jsonFormat } from './jsonFormat.ts';
import { tomlFormat } from './tomlFormat.ts';

/** The formats of agents' config files. */
export const formats: { readonly [K in 'json' | 'toml']: Format } = { json: jsonFormat, toml: tomlFormat };
