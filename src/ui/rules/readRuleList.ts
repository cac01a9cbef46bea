/**
 * Parses rules that were copied from AgentRQ: a JSON list of strings, or a workspace with `autoAllowedTools`, also in an envelope. Without
 * duplicates. `undefined` if it is neither.
 */
export function readRuleList(text: string): readonly string[] | undefined {
  let parsed: unknown;
  try {
    parsed = JSON.parse(text);
  } catch {
    return undefined;
  }
  const list = listIn(parsed);
  return list === undefined || !list.every((item) => typeof item === 'string') ? undefined : [...new Set(list)];
}

function listIn(value: unknown): readonly unknown[] | undefined {
  if (Array.isArray(value)) return value;
  if (typeof value !== 'object' || value === null) return undefined;
  if ('autoAllowedTools' in value) return Array.isArray(value.autoAllowedTools) ? value.autoAllowedTools : undefined;
  return 'workspace' in value && !Array.isArray(value.workspace) ? listIn(value.workspace) : undefined;
}
