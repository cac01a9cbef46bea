import type { Format } from './entry.ts';
import { insertJson } from './insertJson.ts';
import { isEmptyJson, removeJson } from './removeJson.ts';
import { tomlFormat } from './tomlFormat.ts';

/** The formats of agents' config files. */
export const formats: { readonly [K in 'json' | 'toml']: Format } = {
  json: { insert: insertJson, remove: removeJson, isEmpty: isEmptyJson, blank: '{}\n' },
  toml: tomlFormat,
};
