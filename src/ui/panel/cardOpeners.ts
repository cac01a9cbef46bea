import * as vscode from 'vscode';
import type { CardOpeners } from '../card/takeCardMessage.ts';
import { commandIds } from '../ids.ts';
import type { Prompts } from '../shell/prompts.ts';
import { openLink } from './openLink.ts';
import { openFileAt, openLocation } from './openLocation.ts';
import type { PatchEditor } from './patchEditor.ts';

/** What the editor opens for cards, wherever they stand. */
export function createCardOpeners({ prompts, patches }: { prompts: Prompts; patches: PatchEditor }): CardOpeners {
  return {
    link: (address) => openLink(address, prompts),
    place: (place, notice) => openLocation(place, { prompts, notice }),
    about: async ({ id, kind, status, place }, notice) => {
      // Of a review the change of the file is opened as well.
      if (kind === 'review' && status === 'open') await vscode.commands.executeCommand(commandIds.openRequest, { requestId: id });
      else if (place !== undefined) await openFileAt(place, { prompts, notice });
    },
    edit: ({ permission }, notice) => patches.openEdit(permission, notice),
    patch: (patch, notice) => patches.open(patch, notice),
    agent: async (agentId) => void (await vscode.commands.executeCommand(commandIds.answerRequest, { agentId })),
  };
}
