import type { Clock } from '../util/clock.ts';
import type { Disposable } from '../util/lifecycle.ts';
import type { Memory } from './memory.ts';

const key = 'agentrq.drafts';
const maxDrafts = 50;
const maxLength = 20_000;
const saveMs = 500;

/** What was typed and not sent, by request: also after a reload. The oldest is forgotten when there are too many. */
export interface Drafts {
  /** Empty if there is none. */
  get(requestId: string): string;
  /** While it is being typed. An empty text is no draft. One that is too long to be kept over a reload is kept until then. */
  typed(requestId: string, text: string): void;
  /** Once it was left; it is written down at once. */
  set(requestId: string, text: string): void;
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

  return {
    get: (requestId) => drafts.get(requestId) ?? '',
    typed,
    set(requestId, text) {
      typed(requestId, text);
      if (due !== undefined) save();
    },
    delete(requestId) {
      if (drafts.delete(requestId)) save();
    },
  };
}

function stored(value: unknown): [string, string][] {
  return Array.isArray(value) ? value.filter(isDraft) : [];
}

function isDraft(value: unknown): value is [string, string] {
  return Array.isArray(value) && value.length === 2 && value.every((part) => typeof part === 'string');
}
