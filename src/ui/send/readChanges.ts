import * as vscode from 'vscode';
import { diffOf } from '../shell/git.ts';
import type { Source } from './source.ts';
import { whereIs } from './whereIs.ts';

/**
 * Reads the arguments of source-control menus: one or several selected changes, or the change at a line. `undefined` if they are none of
 * these.
 */
export async function readChanges(args: readonly unknown[]): Promise<Source | undefined> {
  const [uri, changes, index] = args;
  if (uri instanceof vscode.Uri && Array.isArray(changes) && typeof index === 'number') {
    const change = changes[index] as { modifiedStartLineNumber: number; modifiedEndLineNumber: number } | undefined;
    const first = Math.max(1, change?.modifiedStartLineNumber ?? 1);
    // The end of a deletion is before its start.
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
