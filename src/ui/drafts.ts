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
  /** An empty text is no draft. One that is too long to be kept over a reload is kept until then. */
  set(requestId: string, text: string): void;
  delete(requestId: string): void;
}

export function createDrafts(memory: Memory, clock: Clock): Drafts {
  const drafts = new Map(stored(memory.get(key)));
  let due: Disposable | undefined;

  /** Not with every letter. */
  function saveSoon(): void {
    due ??= clock.after(saveMs, () => {
      due = undefined;
      void memory.update(
        key,
        [...drafts].filter(([, text]) => text.length <= maxLength),
      );
    });
  }

  function remove(requestId: string): void {
    if (drafts.delete(requestId)) saveSoon();
  }

  return {
    get: (requestId) => drafts.get(requestId) ?? '',
    set(requestId, text) {
      if (text.trim() === '') return remove(requestId);
      if (drafts.get(requestId) === text) return;
      drafts.delete(requestId);
      drafts.set(requestId, text);
      for (const oldest of drafts.keys()) {
        if (drafts.size <= maxDrafts) break;
        drafts.delete(oldest);
      }
      saveSoon();
    },
    delete: remove,
  };
}

function stored(value: unknown): [string, string][] {
  return Array.isArray(value) ? value.filter(isDraft) : [];
}

function isDraft(value: unknown): value is [string, string] {
  return Array.isArray(value) && value.length === 2 && value.every((part) => typeof part === 'string');
}
