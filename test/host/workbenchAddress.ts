/** What a window opens, by its absolute path: a folder, or a file that names several. */
export type Opened = { readonly folder: string } | { readonly workspace: string };

/** What the page is asked to do. */
export interface WorkbenchAddress {
  readonly port: number;
  readonly open: Opened;
  /** An extension to run from its sources. */
  readonly developmentPath?: string | undefined;
  /** A module whose `run()` the extension host calls once it is up. */
  readonly testsPath?: string | undefined;
}

/** The address of a workbench; the extension under development travels in its `payload`. */
export function workbenchAddress({ port, open, developmentPath, testsPath }: WorkbenchAddress): string {
  const url = new URL(`http://127.0.0.1:${port}/`);
  for (const [kind, path] of Object.entries(open)) url.searchParams.set(kind, path);
  const payload: [string, string][] = [];
  if (developmentPath !== undefined) payload.push(['extensionDevelopmentPath', remote(developmentPath)]);
  if (testsPath !== undefined) payload.push(['extensionTestsPath', remote(testsPath)]);
  if (payload.length > 0) url.searchParams.set('payload', JSON.stringify(payload));
  return url.href;
}

function remote(path: string): string {
  return `vscode-remote://remote${encodeURI(path)}`;
}
