import * as vscode from 'vscode';
import type { Source } from './source.ts';
import { whereIs } from './whereIs.ts';

/** What we use of the interface of VS Code's own Git extension. */
interface Git {
  getAPI(version: 1): { getRepository(uri: vscode.Uri): { diffWithHEAD(path: string): Promise<string> } | null };
}

/** One change of a source-control view, or several that are selected there, or the change at a line; `undefined` if it is none of these. */
export async function readChanges(args: readonly unknown[]): Promise<Source | undefined> {
  const [uri, changes, index] = args;
  if (uri instanceof vscode.Uri && Array.isArray(changes) && typeof index === 'number') {
    const change = changes[index] as { modifiedStartLineNumber: number; modifiedEndLineNumber: number } | undefined;
    const first = Math.max(1, change?.modifiedStartLineNumber ?? 1);
    // What only takes lines away ends before it begins.
    return read([uri], { first, last: Math.max(first, change?.modifiedEndLineNumber ?? first) });
  }
  const uris = args.flatMap((each) => {
    const found = typeof each === 'object' && each !== null && 'resourceUri' in each ? each.resourceUri : undefined;
    return found instanceof vscode.Uri ? [found] : [];
  });
  return uris.length === 0 ? undefined : read(uris, undefined);
}

async function read(uris: readonly vscode.Uri[], lines: Source['lines']): Promise<Source> {
  const [first] = uris as [vscode.Uri];
  const diffs = await Promise.all(uris.map(diffOf));
  const files = uris.map((uri) => whereIs(uri).file ?? uri.path);
  return {
    ...whereIs(first),
    lines,
    snippet: { text: diffs.join('\n'), language: 'diff' },
    facts: uris.length === 1 ? [] : [files.map((file) => `- ${file}`).join('\n')],
    wanted: vscode.l10n.t('Review this change'),
  };
}

/** What has changed in a file since the last commit; empty if Git doesn't know it. */
async function diffOf(uri: vscode.Uri): Promise<string> {
  const extension = vscode.extensions.getExtension<Git>('vscode.git');
  const git = await extension?.activate();
  return (await git?.getAPI(1).getRepository(uri)?.diffWithHEAD(uri.fsPath)) ?? '';
}
