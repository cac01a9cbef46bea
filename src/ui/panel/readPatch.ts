import { applyPatch, parsePatch, reversePatch, type StructuredPatch } from 'diff';

/** A file of a patch: its path before and after, one of which is missing if the file is created or deleted. */
export interface PatchedFile {
  before: string | undefined;
  after: string | undefined;
  patch: StructuredPatch;
}

/** How a patch relates to the present text of a file. */
export type Fit =
  /** It can be applied; `after` is the result. */
  | { kind: 'ahead'; after: string }
  /** It has been applied already; `before` is the text before it. */
  | { kind: 'done'; before: string }
  /** It fits neither way. */
  | { kind: 'none' };

/** The files of a unified diff; empty if it isn't one. */
export function readPatch(text: string): PatchedFile[] {
  let patches: StructuredPatch[];
  try {
    patches = parsePatch(text);
  } catch {
    return [];
  }
  return patches.flatMap((patch) => {
    const before = pathOf(patch.oldFileName);
    const after = pathOf(patch.newFileName);
    return patch.hunks.length === 0 || (before === undefined && after === undefined) ? [] : [{ before, after, patch }];
  });
}

/** Compares a patch with the text of its file. */
export function fitPatch(patch: StructuredPatch, text: string): Fit {
  const after = applyPatch(text, patch);
  if (after !== false) return { kind: 'ahead', after };
  const before = applyPatch(text, reversePatch(patch));
  return before === false ? { kind: 'none' } : { kind: 'done', before };
}

/** Git writes `a/` and `b/` before its paths. */
function pathOf(name: string | undefined): string | undefined {
  const path = name?.replace(/^"|"$/g, '').replace(/^[ab]\//, '') ?? '';
  return path === '' || path === '/dev/null' ? undefined : path;
}
