/** What is expected not to pass: `scenario:check`, or `scenario` for all of its checks. */
export type Baseline = ReadonlySet<string>;

/**
 * Reads a baseline, in the form that the suites have for theirs: a list under `server:`. An entry has its reason behind it.
 * @throws Error for an entry that has none, or that is there twice
 */
export function parseBaseline(text: string): Baseline {
  const entries = new Set<string>();
  text.split('\n').forEach((line, index) => {
    if (line === 'server:' || /^\s*(#|$)/.test(line)) return;
    const entry = /^ {2}- (\S+) +# \S/.exec(line)?.[1];
    if (entry === undefined) throw new Error(`Line ${index + 1} of the baseline is not “  - scenario:check # reason”: ${line}`);
    if (entries.has(entry)) throw new Error(`Line ${index + 1} of the baseline says ${entry} once more.`);
    entries.add(entry);
  });
  return entries;
}
