import * as vscode from 'vscode';
import type { FromPage, ToPage } from '../../protocol/panelMessages.ts';
import { assertNever } from '../../util/errors.ts';
import { explainFailure } from '../explainFailure.ts';
import type { PanelDeps } from '../loadPanel.ts';
import type { RuleFlow } from '../ruleFlow.ts';
import { openLink } from './openLink.ts';
import { openPlace } from './openPlace.ts';
import type { PatchEditor } from './patchEditor.ts';
import { sendVerdict } from './sendVerdict.ts';

/** What the page may ask for. */
type Order = Exclude<FromPage, { type: 'ready' }>;

/** Does what the person wants by way of the page. Never fails: what goes wrong is said on the page. */
export async function obeyPage(
  order: Order,
  deps: PanelDeps & { task: { id: string; workspaceId: string }; patches: PatchEditor; rules: RuleFlow; send: (message: ToPage) => void },
): Promise<void> {
  const { task, api, send } = deps;
  const notice = (text: string): void => send({ type: 'notice', level: 'info', text });
  try {
    switch (order.type) {
      case 'reply':
        await api.call('replyToTask', { workspaceId: task.workspaceId, taskId: task.id, text: order.text, key: order.key });
        return send({ type: 'sent', key: order.key });
      case 'answer':
      case 'decide':
      case 'always':
        return await sendVerdict(order, deps);
      case 'openLink':
        return await openLink(order.address, deps.prompts);
      case 'openPlace':
        return await openPlace(order.place, { prompts: deps.prompts, notice });
      case 'openPatch':
        return await deps.patches.open(order.patch, notice);
      default:
        return assertNever(order);
    }
  } catch (error) {
    const { level, text } = explainFailure(error, vscode.l10n);
    if ('requestId' in order) send({ type: 'unanswered', requestId: order.requestId });
    send({ type: 'notice', level, text });
  }
}
