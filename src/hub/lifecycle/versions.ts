/** Whether version `one` (`1.4.0`) is newer than `other`. What isn't a version is older than any; pre-releases count as their release. */
export function isNewer(one: string, other: string): boolean {
  const [left, right] = [partsOf(one), partsOf(other)];
  const index = left.findIndex((part, at) => part !== right[at]);
  return index !== -1 && (left[index] ?? 0) > (right[index] ?? 0);
}

function partsOf(version: string): number[] {
  const [, ...parts] = /^(\d+)\.(\d+)\.(\d+)/.exec(version) ?? [];
  return parts.length === 0 ? [-1, -1, -1] : parts.map(Number);
}
