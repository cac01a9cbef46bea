import { posix } from 'node:path';

/** Imports and re-exports of any kind: of values, of types alone, and dynamic ones. */
const imports = /\b(?:from|import)\s*\(?\s*'(\.{1,2}\/[^']+)'/g;

/**
 * The circles of imports among files, by their paths with slashes: each a list of the files that reach one another. The linter finds
 * those of values. An import of a type alone, or a dynamic one, is reported here as well, since two files that know each other are one.
 */
export function importCycles(files: ReadonlyMap<string, string>): string[][] {
  const graph = new Map(
    [...files].map(([path, text]) => [
      path,
      [...withoutComments(text).matchAll(imports)]
        .map(([, relative = '']) => posix.join(posix.dirname(path), relative))
        .filter((target) => files.has(target)),
    ]),
  );
  return components(graph).filter(([first = '', ...others]) => others.length > 0 || graph.get(first)?.includes(first) === true);
}

function withoutComments(text: string): string {
  return text.replace(/\/\*[\s\S]*?\*\/|(?<=^|\s)\/\/.*$/gm, '');
}

/** The strongly connected components of a graph (Tarjan). */
function components(graph: ReadonlyMap<string, readonly string[]>): string[][] {
  const found: string[][] = [];
  const index = new Map<string, number>();
  const low = new Map<string, number>();
  const stack: string[] = [];

  function visit(node: string): void {
    index.set(node, index.size);
    low.set(node, index.get(node) ?? 0);
    stack.push(node);
    for (const next of graph.get(node) ?? []) {
      if (!index.has(next)) visit(next);
      if (stack.includes(next)) low.set(node, Math.min(low.get(node) ?? 0, low.get(next) ?? 0));
    }
    if (low.get(node) === index.get(node)) found.push(stack.splice(stack.indexOf(node)).toSorted());
  }

  for (const node of graph.keys()) if (!index.has(node)) visit(node);
  return found;
}
