/** What says which VS Code is the oldest that is supported. */
export interface FloorSources {
  /** `engines.vscode` of the extension. */
  engine: string;
  /** The version of `@types/vscode` that it is compiled against. */
  types: string;
  /** The versions of code-server that `npm run floor` wants and has locked. Its 4.N holds VS Code 1.N. */
  wanted: string;
  locked: string;
  /** Texts that tell users of it, by their files. */
  told: ReadonlyMap<string, string>;
}

/** What is wrong with them, a sentence each: what is promised has to be what is compiled against and what is tested. */
export function checkFloor({ engine, types, wanted, locked, told }: FloorSources): string[] {
  const minor = /^\^1\.(\d+)\.0$/.exec(engine)?.[1];
  if (minor === undefined) return [`engines.vscode is ${engine}, and not ^1.N.0`];
  const promised = `engines.vscode promises 1.${minor}`;
  const problems: string[] = [];
  if (types !== `1.${minor}.0`) problems.push(`@types/vscode is ${types}, and ${promised}`);
  if (!new RegExp(`^4\\.${minor}\\.\\d+$`).test(wanted)) problems.push(`test/floor takes code-server ${wanted}, and ${promised}`);
  if (locked !== wanted) problems.push(`test/floor has locked code-server ${locked}, and wants ${wanted}`);
  for (const [path, text] of told)
    if (!text.includes(`VS Code 1.${minor} or newer`)) problems.push(`${path} doesn’t say VS Code 1.${minor} or newer, and ${promised}`);
  return problems;
}

/**
 * Parameters of SQL that have a number, `?1`: the SQLite of Node 22, which the oldest VS Code runs on, takes them for names and binds
 * nothing to them by place.
 */
export function numberedParameters(sources: ReadonlyMap<string, string>): string[] {
  return [...sources].flatMap(([path, text]) =>
    [...text.matchAll(/\b(?:SELECT|INSERT|UPDATE|DELETE|WHERE|VALUES)\b[^;`]*?\?\d/g)].map(([sql]) => `${path}: ${sql}`),
  );
}
