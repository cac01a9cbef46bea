/** What the page is asked to open. */
export interface WorkbenchAddress {
  readonly port: number;
  /** The folder to open, an absolute path. */
  readonly folder: string;
  /** An extension to run from its sources. */
  readonly developmentPath?: string | undefined;
  /** A module whose `run()` the extension host calls once it is up. */
  readonly testsPath?: string | undefined;
}

/** The address of a workbench; the extension under development travels in its `payload`. */
export function workbenchAddress({ port, folder, developmentPath, testsPath }: WorkbenchAddress): string {
  const url = new URL(`http://127.0.0.1:${port}/`);
  url.searchParams.set('folder', folder);
  const payload: [string, string][] = [];
  if (developmentPath !== undefined) payload.push(['extensionDevelopmentPath', remote(developmentPath)]);
  if (testsPath !== undefined) payload.push(['extensionTestsPath', remote(testsPath)]);
  if (payload.length > 0) url.searchParams.set('payload', JSON.stringify(payload));
  return url.href;
}

function remote(path: string): string {
  return `vscode-remote://remote${encodeURI(path)}`;
}
