import type { Clock } from '../../util/clock.ts';
import type { Disposable } from '../../util/lifecycle.ts';
import type { Memory } from './memory.ts';

const maxDrafts = 50;
const maxLength = 20_000;
const saveMs = 500;

/** Text and choices that were entered and not sent, by id; they survive a reload. The oldest are dropped beyond a limit. */
export interface Drafts {
  /** Empty if there is none. */
  get(id: string): string;
  /**
   * Stores a text while it is being typed, after a delay. An empty text deletes the draft. A text that is too long is not kept over a
   * reload.
   */
  typed(id: string, text: string): void;
  /** Stores a text at once. */
  set(id: string, text: string): void;
  /** The ticked choices. */
  ticks(id: string): readonly string[];
  tick(id: string, choices: readonly string[]): void;
  delete(id: string): void;
}

/** @param key the storage key, used by no other store */
export function createDrafts(memory: Memory, clock: Clock, key = 'agentrq.drafts'): Drafts {
  const drafts = new Map(stored(memory.get(key)));
  let due: Disposable | undefined;

  function save(): void {
    due?.dispose();
    due = undefined;
    void memory.update(
      key,
      [...drafts].filter(([id, text]) => id.length + text.length <= maxLength),
    );
  }

  function typed(id: string, text: string): void {
    if (text === (drafts.get(id) ?? '')) return;
    drafts.delete(id);
    if (text.trim() !== '') drafts.set(id, text);
    for (const oldest of drafts.keys()) {
      if (drafts.size <= maxDrafts) break;
      drafts.delete(oldest);
    }
    // Not saved with every keystroke.
    due ??= clock.after(saveMs, save);
  }

  function set(id: string, text: string): void {
    typed(id, text);
    if (due !== undefined) save();
  }

  return {
    get: (id) => drafts.get(id) ?? '',
    typed,
    set,
    ticks: (id) => choicesIn(drafts.get(ticksOf(id)) ?? ''),
    tick: (id, choices) => set(ticksOf(id), choices.length === 0 ? '' : JSON.stringify(choices)),
    delete(id) {
      const had = [drafts.delete(id), drafts.delete(ticksOf(id))];
      if (had.includes(true)) save();
    },
  };
}

/** The key under which ticks are stored, beside that of the text. */
function ticksOf(id: string): string {
  return `${id} ticks`;
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
