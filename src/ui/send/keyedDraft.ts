import type { Drafts } from '../shell/drafts.ts';

/**
 * A draft that is sent with an idempotency key. The key is kept as long as the text is the same, also after a reload, so that a retry has
 * no second effect.
 */
export interface KeyedDraft {
  /** Empty if there is none. */
  readonly text: string;
  /** Called while the text is being typed. */
  typed(text: string): void;
  /** Called when the prompt was left, or before sending. */
  set(text: string): void;
  /** The key to send it with, created at the first call. */
  key(): string;
  /** Called when it was sent. */
  delete(): void;
}

/** The draft `id` in `drafts`, stored as a line with the key (empty before the first attempt) and the text. */
export function keyedDraft(drafts: Drafts, id: string, randomId: () => string): KeyedDraft {
  function read(): { key: string; text: string } {
    const kept = drafts.get(id);
    const end = kept.indexOf('\n');
    return { key: kept.slice(0, Math.max(0, end)), text: kept.slice(end + 1) };
  }

  const withKey = (text: string): string => `${text === read().text ? read().key : ''}\n${text}`;

  return {
    get text() {
      return read().text;
    },
    typed: (text) => drafts.typed(id, withKey(text)),
    set: (text) => drafts.set(id, withKey(text)),
    key() {
      const { key, text } = read();
      if (key !== '') return key;
      const fresh = randomId();
      drafts.set(id, `${fresh}\n${text}`);
      return fresh;
    },
    delete: () => drafts.delete(id),
  };
}
