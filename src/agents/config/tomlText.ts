import type { Value } from './entry.ts';

/** A TOML basic string. JSON's escapes are TOML's, but for DEL, which TOML wants escaped. */
function tomlString(value: string): string {
  return JSON.stringify(value).replaceAll('\u007F', '\\u007F');
}

type Table = { readonly [key: string]: Value };

/**
 * A table of TOML, a line for each of its members, without the end of the last line. Its path is of bare keys. A member that holds
 * nothing but tables becomes a table for each of them, right below, so that anybody can write one more.
 */
export function tomlTable(path: readonly string[], members: Table, lineEnd = '\n'): string {
  const entries = Object.entries(members);
  const lines = entries.flatMap(([key, value]) => (tablesIn(value) === undefined ? [`${key} = ${tomlValue(value)}`] : []));
  const below = entries.flatMap(([key, value]) =>
    Object.entries(tablesIn(value) ?? {}).map(([name, table]) => tomlTable([...path, key, name], table, lineEnd)),
  );
  return [`[${path.join('.')}]`, ...lines, ...below].join(lineEnd);
}

function tablesIn(value: Value): { [key: string]: Table } | undefined {
  if (!isTable(value)) return undefined;
  const members = Object.values(value);
  return members.length > 0 && members.every(isTable) ? (value as { [key: string]: Table }) : undefined;
}

function isTable(value: Value): value is { [key: string]: Value } {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function tomlValue(value: Value): string {
  if (typeof value === 'string') return tomlString(value);
  if (Array.isArray(value)) return `[${value.map(tomlValue).join(', ')}]`;
  if (!isTable(value)) return String(value);
  return `{ ${Object.entries(value)
    .map(([key, member]) => `${tomlString(key)} = ${tomlValue(member)}`)
    .join(', ')} }`;
}
