/** Whether a version is a pre-release: its middle number is odd, since the Marketplace knows no `-beta`. */
export function isPreRelease(version: string): boolean {
  return Number(version.split('.')[1]) % 2 === 1;
}

/** What the changelog says of a version that has its date; empty if it has none, or says nothing. */
export function changesOf(changelog: string, version: string): string {
  const sections = changelog.split(/^(?=## \[)/m);
  const heading = `## [${version}] - `;
  const section = sections.find((one) => one.startsWith(heading) && /^\d{4}-\d{2}-\d{2}\n/.test(one.slice(heading.length)));
  const changes = section?.split('\n').slice(1).join('\n').trim() ?? '';
  return changes === '' ? '' : `${changes}\n`;
}
