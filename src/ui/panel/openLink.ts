import * as vscode from 'vscode';
import type { Prompts } from '../shell/prompts.ts';
import { visibleLine } from '../text/visibleText.ts';

/** Opens an address outside of the editor, after the person has seen the whole of it. Nothing but http and https is opened. */
export async function openLink(address: string, prompts: Prompts): Promise<void> {
  const { l10n } = vscode;
  const url = URL.parse(address);
  if (url === null || !/^https?:$/.test(url.protocol)) return;
  // Names of hosts in other scripts are spelled out here, so that they don't look like ones they aren't.
  const pressed = await prompts.explain(l10n.t('Open this address outside of the editor?'), visibleLine(url.href), [
    l10n.t('Open'),
    l10n.t('Copy'),
  ]);
  if (pressed === 0) await vscode.env.openExternal(vscode.Uri.parse(url.href, true));
  else if (pressed === 1) await vscode.env.clipboard.writeText(url.href);
}
