import * as vscode from 'vscode';
import type { Prompts } from '../shell/prompts.ts';
import { visibleLine } from '../text/visibleText.ts';

/** Opens an http or https address in the browser after the user has confirmed the full address. Other schemes are ignored. */
export async function openLink(address: string, prompts: Prompts): Promise<void> {
  const { l10n } = vscode;
  const url = URL.parse(address);
  if (url === null || !/^https?:$/.test(url.protocol)) return;
  // `href` has host names of other scripts in Punycode, so that they can't pass for others.
  const pressed = await prompts.confirm(l10n.t('Open this address outside of the editor?'), visibleLine(url.href), [
    l10n.t('Open'),
    l10n.t('Copy'),
  ]);
  if (pressed === 0) await vscode.env.openExternal(vscode.Uri.parse(url.href, true));
  else if (pressed === 1) await vscode.env.clipboard.writeText(url.href);
}
