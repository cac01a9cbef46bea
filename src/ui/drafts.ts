import type { Clock } from '../util/clock.ts';
import type { Disposable } from '../util/lifecycle.ts';
import type { Memory } from './memory.ts';

const key = 'agentrq.drafts';
const maxDrafts = 50;
const maxLength = 20_000;
const saveMs = 500;

/** What was typed or ticked and not sent, by request: also after a reload. The oldest is forgotten when there are too many. */
export interface Drafts {
  /** Empty if there is none. */
  get(requestId: string): string;
  /** While it is being typed. An empty text is no draft. One that is too long to be kept over a reload is kept until then. */
  typed(requestId: string, text: string): void;
  /** Once it was left; it is written down at once. */
  set(requestId: string, text: string): void;
  /** The choices that were ticked. */
  ticks(requestId: string): readonly string[];
  tick(requestId: string, choices: readonly string[]): void;
  delete(requestId: string): void;
}

export function createDrafts(memory: Memory, clock: Clock): Drafts {
  const drafts = new Map(stored(memory.get(key)));
  let due: Disposable | undefined;

  function save(): void {
    due?.dispose();
    due = undefined;
    void memory.update(
      key,
      [...drafts].filter(([, text]) => text.length <= maxLength),
    );
  }

  function typed(requestId: string, text: string): void {
    if (text === (drafts.get(requestId) ?? '')) return;
    drafts.delete(requestId);
    if (text.trim() !== '') drafts.set(requestId, text);
    for (const oldest of drafts.keys()) {
      if (drafts.size <= maxDrafts) break;
      drafts.delete(oldest);
    }
    // Not with every letter.
    due ??= clock.after(saveMs, save);
  }

  function set(requestId: string, text: string): void {
    typed(requestId, text);
    if (due !== undefined) save();
  }

  return {
    get: (requestId) => drafts.get(requestId) ?? '',
    typed,
    set,
    ticks: (requestId) => choicesIn(drafts.get(ticksOf(requestId)) ?? ''),
    tick: (requestId, choices) => set(ticksOf(requestId), choices.length === 0 ? '' : JSON.stringify(choices)),
    delete(requestId) {
      const had = [drafts.delete(requestId), drafts.delete(ticksOf(requestId))];
      if (had.includes(true)) save();
    },
  };
}

/** Ticks are kept like a text beside that of the request. */
function ticksOf(requestId: string): string {
  return `${requestId} ticks`;
}

function choicesIn(text: string): string[] {
  try {
    const choices: unknown = JSON.parse(text);
    return Array.isArray(choices) ? choices.filter((choice) => typeof choice === 'string') : [];
  } catch {
    return [];
  }
}

function stored(value: unknown): [string, string][] {
  return Array.isArray(value) ? value.filter(isDraft) : [];
}

function isDraft(value: unknown): value is [string, string] {
  return Array.isArray(value) && value.length === 2 && value.every((part) => typeof part === 'string');
}
