import type { Command, CommandDeps } from '../shell/command.ts';
import { pickWorkspace } from '../shell/pickWorkspace.ts';

/** Lets an agent for practice work through a task, with questions like a real one's. */
export function startPracticeAgent(deps: CommandDeps): Command {
  const { board, prompts, l10n } = deps;
  return async () => {
    const workspaceId = await pickWorkspace(
      { board: board.board, own: deps.workspaceIds(), prompts, l10n },
      { title: l10n.t('Start Practice Agent'), placeholder: l10n.t('In which workspace?') },
    );
    if (workspaceId !== undefined) deps.startPractice(workspaceId);
  };
}
