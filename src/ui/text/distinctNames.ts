import type { Workspace } from '../../protocol/model.ts';
import { truncate } from './truncate.ts';
import { visibleLine } from './visibleText.ts';

type Named = Pick<Workspace, 'id' | 'name' | 'folder'>;

const length = 40;

/**
 * A distinct name for each workspace, by id: its own name, or, if that is not unique, its name after the folders above it. Each part is
 * limited in length and shows all characters.
 */
export function distinctNames(workspaces: Iterable<Named>): ReadonlyMap<string, string> {
  let unnamed = Array.from(workspaces, (each) => ({ ...each, candidates: candidatesOf(each) }));
  const names = new Map<string, string>();
  const taken = new Set<string>();
  const steps = Math.max(0, ...unnamed.map(({ candidates }) => candidates.length));
  for (let step = 0; step < steps; step += 1) {
    const groups = Map.groupBy(unnamed, ({ candidates, id }) => candidates[step] ?? candidates.at(-1) ?? id);
    for (const [name, [first, ...others]] of groups) {
      if (first === undefined || others.length > 0 || taken.has(name)) continue;
      names.set(first.id, name);
      taken.add(name);
    }
    unnamed = unnamed.filter(({ id }) => !names.has(id));
  }
  // If nothing else differs, the id is added.
  for (const { id, candidates } of unnamed) names.set(id, `${candidates[0] ?? ''} (${id})`);
  return names;
}

/** The candidates, the shortest first. */
function candidatesOf({ id, name, folder }: Named): string[] {
  const line = visibleLine(name) || id;
  const ends = keepEnds(line);
  const above = folder === undefined ? [] : parentsOf(folder);
  return [truncate(line, length), ends, ...above.map((_, index) => [...above.slice(-1 - index), ends].join('/'))];
}

/** The parent folders, from the root; none if the URI is invalid. */
function parentsOf(folder: string): string[] {
  const { pathname = '' } = URL.parse(folder) ?? {};
  return pathname
    .split('/')
    .filter((part) => part !== '')
    .slice(0, -1)
    .map((part) => keepEnds(visibleLine(decode(part))));
}

function decode(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}

/** Shortens in the middle, because similar names usually end differently. */
function keepEnds(text: string): string {
  if (text.length <= length) return text;
  const characters = [...new Intl.Segmenter(undefined, { granularity: 'grapheme' }).segment(text)].map(({ segment }) => segment);
  const half = length / 2 - 1;
  return characters.length <= length ? text : `${characters.slice(0, half).join('')}…${characters.slice(-half).join('')}`;
}
