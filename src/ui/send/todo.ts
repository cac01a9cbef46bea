/** What a TODO comment on this line says, without the mark; `undefined` if there is none. */
export function todoIn(line: string): string | undefined {
  const match = /\b(?:TODO|FIXME|HACK|XXX)\b(?:\([^)]*\))?[:\s-]*(.*)$/.exec(line);
  return match?.[1]?.replace(/\s*(?:\*\/|-->|#\}|%>)\s*$/, '').trim();
}
