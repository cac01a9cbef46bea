import type { Value } from '../config/entry.ts';

/** How a server entry says that the server is reached, whatever agent it is written for. */
export type EntryReach =
  | { kind: 'http'; url: string; headers: Record<string, string> }
  | { kind: 'stdio'; command: string; args: string[]; env: Record<string, string> };

/** Reads it; `undefined` if the entry says neither. */
export function entryReach(value: Value | undefined): EntryReach | undefined {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return undefined;
  const url = value['url'] ?? value['httpUrl'];
  if (typeof url === 'string') {
    const headers = value['headers'] ?? value['http_headers'];
    return { kind: 'http', url, headers: stringsOf(headers) };
  }
  const line = Array.isArray(value['command']) ? value['command'] : [value['command'], ...listOf(value['args'])];
  const words = line.filter((word) => typeof word === 'string');
  const [command, ...args] = words;
  return command === undefined || words.length !== line.length
    ? undefined
    : { kind: 'stdio', command, args, env: stringsOf(value['env'] ?? value['environment']) };
}

/** Whether an agent passes over the entry because the user switched it off. */
export function isSwitchedOff(value: Value | undefined): boolean {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return false;
  return value['disabled'] === true || value['enabled'] === false;
}

function listOf(value: Value | undefined): Value[] {
  return Array.isArray(value) ? value : [];
}

function stringsOf(value: Value | undefined): Record<string, string> {
  if (typeof value !== 'object' || value === null) return {};
  return Object.fromEntries(Object.entries(value).filter((entry): entry is [string, string] => typeof entry[1] === 'string'));
}
