import type { ServerResponse } from 'node:http';

/** A tool as the program offers it to its model; some programs put the tools of a server into a namespace. */
export interface OfferedTool {
  name: string;
  namespace?: string;
}

/** What a program asks its model, in one form for all APIs. */
export interface Asked {
  tools: OfferedTool[];
  /** Everything that was said since the model's last move: the user's words, results of tools, notes of the program. */
  told: string;
  /** Everything in the conversation that is not the model's own, message by message, the oldest first. */
  conversation: readonly string[];
}

/** What the model does next. */
export type Move = { kind: 'say'; text: string } | { kind: 'call'; tool: OfferedTool; input: Record<string, unknown> };

/** How one model API is spoken: from a request to what is asked, and from a move to the answer. */
export interface ModelDialect {
  /** Whether a request to this path (without its query) is one for a move. */
  matches(path: string): boolean;
  read(body: unknown): Asked;
  /** @param id different for each move */
  write(answer: { response: ServerResponse; body: unknown; path: string; move: Move; id: string }): void;
}

/** All texts in a value of JSON, one below the other. */
export function textsIn(value: unknown): string {
  if (typeof value === 'string') return value;
  if (Array.isArray(value)) return value.map(textsIn).join('\n');
  if (typeof value === 'object' && value !== null) return Object.values(value).map(textsIn).join('\n');
  return '';
}

/** What comes after the last item that is the model's own. */
export function afterLast<T>(items: readonly T[], isOwn: (item: T) => boolean): T[] {
  return items.slice(items.findLastIndex(isOwn) + 1);
}

/** Begins a stream of Server-Sent Events; the returned function writes one. */
export function openStream(response: ServerResponse): (data: unknown, event?: string) => void {
  response.writeHead(200, { 'content-type': 'text/event-stream', 'cache-control': 'no-cache' });
  return (data, event) => {
    const line = event === undefined ? '' : `event: ${event}\n`;
    response.write(`${line}data: ${typeof data === 'string' ? data : JSON.stringify(data)}\n\n`);
  };
}
