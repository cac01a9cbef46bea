import type { FromPage } from '../../protocol/fromPanelPage.ts';
import { limits } from '../../protocol/limits.ts';
import type { Chip, PanelStrings } from '../../protocol/toPanelPage.ts';
import { fillIn } from '../fillIn.ts';

/** The files that are to go with the next message. They are kept with the page, like what is typed. */
export interface Chips {
  readonly all: readonly Chip[];
  /** Brings files to the panel. Those that can't go along are not taken, and why is said. */
  take(files: readonly PageFile[]): void;
  /** What the panel says of one. */
  hear(chip: Chip): void;
  /** The hub has lost these. */
  lose(attachmentIds: readonly string[]): void;
  remove(file: string): void;
  /** They have gone with a message. */
  sent(attachmentIds: readonly string[]): void;
  /** `coming`: they are not all there yet. `refused`: one of them can't go along. */
  readonly state: 'ready' | 'coming' | 'refused';
}

/** The words of the page that files need. */
export type ChipWords = Pick<PanelStrings, 'tooManyFiles' | 'notRead' | 'interrupted' | 'fileGone' | 'attached'>;

/** A file of the browser, as far as it is needed. */
export interface PageFile {
  readonly name: string;
  readonly type: string;
  readonly size: number;
  slice(from: number, to: number): { arrayBuffer(): Promise<ArrayBuffer> };
}

/** @param deps.changed hears of every change, and of what the user should know */
export function createChips(deps: {
  words: ChipWords;
  /** What is kept of them, also while the page is away. */
  host: { state: { readonly files: readonly Chip[] }; save(change: { files: readonly Chip[] }): void; tell(message: FromPage): void };
  changed: (problem?: string) => void;
  /** Tells those who can't see it. */
  say: (text: string) => void;
}): Chips {
  const { words, host } = deps;
  /** Files of which parts are still to be sent, in the order in which they came. */
  const coming = new Map<string, PageFile>();
  /** What the user took away, or what went with a message: what is still said of it means nothing. */
  const done = new Set<string>();
  /** The one that is being sent, part by part. */
  let current: string | undefined;

  const all = (): readonly Chip[] => host.state.files;
  function keep(files: readonly Chip[], problem?: string): void {
    host.save({ files });
    deps.changed(problem);
  }
  function put(chip: Chip): void {
    keep(all().some(({ file }) => file === chip.file) ? all().map((each) => (each.file === chip.file ? chip : each)) : [...all(), chip]);
  }
  function refuse({ file, name, size }: Chip, problem: string): void {
    put({ state: 'refused', file, name, size, problem });
  }

  async function sendPart(chip: Chip & { state: 'sending' }): Promise<void> {
    const file = coming.get(chip.file);
    if (file === undefined) return;
    try {
      const bytes = await file.slice(chip.sent, chip.sent + limits.partBytes).arrayBuffer();
      if (!done.has(chip.file)) host.tell({ type: 'attachPart', file: chip.file, bytes });
    } catch {
      forget(chip.file);
      host.tell({ type: 'detach', file: chip.file });
      refuse(chip, words.notRead);
    }
  }

  /** This one is through; the next may begin. */
  function forget(key: string): void {
    coming.delete(key);
    if (current !== key) return;
    current = undefined;
    const next = all().find((chip) => chip.state === 'sending' && coming.has(chip.file));
    if (next?.state === 'sending') begin(next);
  }

  function begin(chip: Chip & { state: 'sending' }): void {
    current = chip.file;
    void sendPart(chip);
  }

  // The bytes of these were in a page that is gone.
  const broken = all().map((chip): Chip => {
    if (chip.state !== 'sending') return chip;
    return { state: 'refused', file: chip.file, name: chip.name, size: chip.size, problem: words.interrupted };
  });
  host.save({ files: broken });

  return {
    get all() {
      return all();
    },
    take(files) {
      const room = limits.attachments - all().length - [...coming.keys()].filter((key) => !all().some(({ file }) => file === key)).length;
      for (const file of files.slice(0, Math.max(0, room))) {
        const key = crypto.randomUUID();
        coming.set(key, file);
        host.tell({ type: 'attach', file: key, name: file.name.slice(0, 1_024), mimeType: file.type.slice(0, 255), size: file.size });
      }
      deps.changed(files.length > room ? words.tooManyFiles : '');
    },
    hear(chip) {
      if (done.has(chip.file)) return;
      const known = all().some(({ file }) => file === chip.file);
      if (!known && all().length >= limits.attachments) {
        done.add(chip.file);
        host.tell({ type: 'detach', file: chip.file });
        return deps.changed(words.tooManyFiles);
      }
      if (chip.state === 'sending') {
        put(chip);
        if (current === undefined && coming.has(chip.file)) begin(chip);
        else if (current === chip.file && chip.sent < chip.size) void sendPart(chip);
        return;
      }
      forget(chip.file);
      put(chip);
      deps.say(chip.state === 'ready' ? fillIn(words.attached, chip.name) : `${chip.name}: ${chip.problem}`);
    },
    lose(ids) {
      for (const chip of all()) if (chip.state === 'ready' && ids.includes(chip.attachmentId)) refuse(chip, words.fileGone);
    },
    remove(file) {
      done.add(file);
      host.tell({ type: 'detach', file });
      keep(
        all().filter((chip) => chip.file !== file),
        '',
      );
      forget(file);
    },
    sent(ids) {
      const gone = (chip: Chip): boolean => chip.state === 'ready' && ids.includes(chip.attachmentId);
      for (const chip of all()) if (gone(chip)) done.add(chip.file);
      keep(all().filter((chip) => !gone(chip)));
    },
    get state() {
      if (all().some(({ state }) => state === 'refused')) return 'refused';
      return coming.size > 0 || all().some(({ state }) => state === 'sending') ? 'coming' : 'ready';
    },
  };
}
