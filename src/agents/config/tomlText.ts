import type { Value } from './entry.ts';

/** A TOML basic string. JSON's escapes are TOML's, but for DEL, which TOML wants escaped. */
function tomlString(value: string): string {
  return JSON.stringify(value).replaceAll('\u007F', '\\u007F');
}

/** A table of TOML, a line for each of its members, without the end of the last line. Its path is of bare keys. */
export function tomlTable(path: readonly string[], members: { readonly [key: string]: Value }, lineEnd = '\n'): string {
  const lines = Object.entries(members).map(([key, value]) => `${key} = ${tomlValue(value)}`);
  return [`[${path.join('.')}]`, ...lines].join(lineEnd);
}

function tomlValue(value: Value): string {
  if (typeof value === 'string') return tomlString(value);
  if (Array.isArray(value)) return `[${value.map(tomlValue).join(', ')}]`;
  if (typeof value !== 'object' || value === null) return String(value);
  return `{ ${Object.entries(value)
    .map(([key, member]) => `${tomlString(key)} = ${tomlValue(member)}`)
    .join(', ')} }`;
}
