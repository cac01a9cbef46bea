import { readdirSync, statSync } from 'node:fs';
import { live, type Word } from '../word.ts';
import type { RunFolder } from './place.ts';
import { isInFolder, realPathOf } from './realPath.ts';

/** More names than these aren't looked at for one `*`. */
const maxNames = 2_000;

/** The text of a word that the shell leaves as it is; `undefined` for any other. `HEAD@{1}` is one: no shell makes two of it. */
export function plainText(word: Word): string | undefined {
  const text = word.replaceAll(/\0\{(?=[\w-]*\})/g, '{');
  return text.includes(live) ? undefined : text;
}

/** Says that the word is a path into the workspace, or any number of them: `src`, `../a.ts` from a folder below, `src/*.ts`. */
export function isInsidePath(word: Word, place: RunFolder): boolean {
  const text = plainText(word);
  return text === undefined ? isInsideGlob(word, place) : isInside(text, place);
}

/** The same of a word that stands for at most one file, and for no folder: what programs do with a folder's links isn't looked at. */
export function isInsideFile(word: Word, place: RunFolder): boolean {
  const text = plainText(word);
  if (text === undefined || !isInside(text, place)) return false;
  const real = realPathOf(place.folder, text, 'bySystem');
  return real !== undefined && (real.missing || statSync(real.real).isFile());
}

function isInside(path: string, place: RunFolder): boolean {
  // `=ls` is the path of a program to zsh. A dash makes an option of it, wherever a program looks for one.
  if (/^[-=]./.test(path) || path.includes(live)) return false;
  const real = realPathOf(place.folder, path === '' ? '.' : path, 'bySystem');
  return real !== undefined && isInFolder(place.root, real.real);
}

/** For each part with a star, every name is tried that some shell could put there. */
function isInsideGlob(word: Word, place: RunFolder): boolean {
  if (/\*\0\*/.test(word) || word.replaceAll(/\0[*?]/g, '').includes(live)) return false;
  let paths = [''];
  for (const [index, segment] of word.split('/').entries()) {
    const isOpen = segment.includes(live);
    const next = paths.flatMap((path) => {
      if (!isOpen) return [join(path, segment, index)];
      const fits = atLeastWhatFits(segment);
      const names = namesIn(path, place)?.filter((name) => fits.test(name.normalize()));
      // With nothing that fits, the program gets the pattern.
      return names === undefined ? [] : [...names, segment.replaceAll(live, '')].map((name) => join(path, name, index));
    });
    if (isOpen && paths.some((path) => namesIn(path, place) === undefined)) return false;
    if (next.length > maxNames) return false;
    paths = next;
  }
  return paths.every((path) => isInside(path, place));
}

/** More than any shell would match, whatever it thinks of letter case, of dots at the beginning, and of how many bytes a letter is. */
function atLeastWhatFits(segment: string): RegExp {
  const parts = segment
    .normalize()
    .split(/\0[*?]/)
    .map((part) => part.replaceAll(/[\\^$.|?*+()[\]{}]/g, String.raw`\$&`));
  return new RegExp(`^${parts.join('.*')}$`, 'isu');
}

function join(path: string, segment: string, index: number): string {
  return index === 0 ? segment : `${path}/${segment}`;
}

/** The names in a folder of the workspace; none if it is no folder; `undefined` if it is elsewhere or can't be read. */
function namesIn(path: string, place: RunFolder): readonly string[] | undefined {
  if (!isInside(path, place)) return undefined;
  const real = realPathOf(place.folder, path === '' ? '.' : path, 'bySystem');
  if (real === undefined) return undefined;
  if (real.missing) return [];
  try {
    return statSync(real.real).isDirectory() ? readdirSync(real.real) : [];
  } catch {
    return undefined;
  }
}
