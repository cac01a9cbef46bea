import { matchesGlob } from 'node:path';

/** What is wrong with the test files (their text by path), when `globs` are what runs: a sentence each. */
export function checkTests(files: ReadonlyMap<string, string>, globs: readonly string[]): string[] {
  return [...files].flatMap(([path, text]) => {
    const problems = globs.some((glob) => matchesGlob(path, glob)) ? [] : [`${path} is run by nothing`];
    text.split('\n').forEach((line, index) => {
      const left =
        /(?:\b(?:describe|context|it|specify)\s*\.\s*(?:only|skip)|\bthis\s*\.\s*skip|\bx(?:describe|context|it|specify))\s*\(/.exec(line);
      if (left !== null) problems.push(`${path}:${index + 1} leaves tests out: ${left[0].slice(0, -1).trim()}`);
      if (/(?:\bthis|\))\.timeout\(/.test(line)) problems.push(`${path}:${index + 1} has a limit of its own`);
      if (/\bif \(process\..*\) return;/.test(line)) problems.push(`${path}:${index + 1} passes without a test where it can't be made`);
      if (/\bthis\.retries\(|\)\.retries\(/.test(line)) problems.push(`${path}:${index + 1} is tried again when it fails`);
    });
    return problems;
  });
}
