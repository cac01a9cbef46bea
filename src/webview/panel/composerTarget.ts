import { assertNever } from '../../util/errors.ts';
import { strayMs } from '../card/stray.ts';

// Where what the user writes goes: into the thread as a message, or to a question as its answer. A pure state machine, because the wrong
// place would be an answer that nobody has given.

/** `message`, or the id of the question that is answered. */
export type Addressee = 'message' | (string & {});

/** Never changed in place. */
export interface Composer {
  readonly target: Addressee;
  /** Who decided it: nobody yet, the user by beginning to write, or by choosing it. */
  readonly by: 'nobody' | 'writing' | 'choice';
  /** The questions that can be answered, in the order in which the user is asked; `undefined` before they are known. */
  readonly open: readonly string[] | undefined;
  /** Those of them for which an agent waits: one alone is answered without having been chosen. */
  readonly due: readonly string[];
  readonly empty: boolean;
  /** The question that was answered last, as long as the page still shows it as open. */
  readonly answered: string | undefined;
  /** Where it went before the target changed by itself, and when that was. Milliseconds. */
  readonly before: { readonly target: Addressee; readonly changedAt: number };
}

export type ComposerEvent =
  | { readonly type: 'asked'; readonly open: readonly string[]; readonly due: readonly string[]; readonly at: number }
  /** The text has changed, or the files that go along. */
  | { readonly type: 'wrote'; readonly empty: boolean; readonly at: number }
  | { readonly type: 'chose'; readonly target: Addressee }
  /** What was written has arrived there, and the box is empty again. */
  | { readonly type: 'sent'; readonly target: Addressee; readonly at: number };

/** @param kept the target of what was written before the page was away, if something was */
export function startComposer({ empty, kept }: { empty: boolean; kept: Addressee | undefined }): Composer {
  const by = empty ? (kept === undefined ? 'nobody' : 'choice') : 'writing';
  return {
    target: kept ?? 'message',
    by,
    open: undefined,
    due: [],
    empty,
    answered: undefined,
    before: { target: 'message', changedAt: Number.NEGATIVE_INFINITY },
  };
}

export function stepComposer(composer: Composer, event: ComposerEvent): Composer {
  switch (event.type) {
    case 'asked': {
      const isThere = composer.answered !== undefined && event.open.includes(composer.answered);
      const isOpen = (id: string): boolean => id !== composer.answered;
      const [open, due] = [event.open.filter(isOpen), event.due.filter(isOpen)];
      return settle({ ...composer, open, due, answered: isThere ? composer.answered : undefined }, event.at);
    }
    case 'wrote': {
      const { by, before } = composer;
      if (event.empty) return settle({ ...composer, empty: true, by: by === 'writing' ? 'nobody' : by }, event.at);
      if (by !== 'nobody') return { ...composer, empty: false };
      const target = event.at - before.changedAt < strayMs ? before.target : composer.target;
      return { ...composer, empty: false, by: 'writing', target };
    }
    case 'chose':
      return { ...composer, target: event.target, by: 'choice' };
    case 'sent': {
      const answered = event.target === 'message' ? composer.answered : event.target;
      const isOpen = (id: string): boolean => id !== answered;
      const [open, due] = [composer.open?.filter(isOpen), composer.due.filter(isOpen)];
      return settle({ ...composer, target: 'message', open, due, answered, empty: true, by: 'nobody' }, event.at);
    }
    default:
      return assertNever(event);
  }
}

/** The question that it was meant for can't be answered any more: it goes nowhere until the user has chosen. */
export function isLost({ target, open }: Composer): boolean {
  return open !== undefined && target !== 'message' && !open.includes(target);
}

/** What nobody has decided follows the questions: the only one for which an agent waits is answered. */
function settle(composer: Composer, at: number): Composer {
  const { by, empty, due, target } = composer;
  const isDecided = by === 'writing' || (by === 'choice' && !(empty && isLost(composer)));
  if (isDecided) return composer;
  const [only] = due;
  const next = due.length === 1 && only !== undefined ? only : 'message';
  return { ...composer, by: 'nobody', target: next, ...(next !== target && { before: { target, changedAt: at } }) };
}
