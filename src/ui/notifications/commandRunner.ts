import { describeError } from '../../util/errors.ts';
import { agentName, workspaceName } from '../text/displayNames.ts';
import type { NotificationsDeps } from './api.ts';
import { commandLine } from './commandLine.ts';
import type { NotificationEvent } from './core/event.ts';

/**
 * Runs the user's command for events that were just announced as `text`. Never rejects: a failure of the same command is shown and logged
 * once.
 */
export function createCommandRunner(deps: NotificationsDeps): (events: readonly NotificationEvent[], text: string) => Promise<void> {
  const { board, prompts, log, l10n } = deps;
  /** The command that failed last, as JSON. */
  let failed = '';
  return async (events, text) => {
    const { command } = deps.settings.value.programs;
    const [first] = events;
    if (first === undefined || command.length === 0) return;
    const same = (value: (event: NotificationEvent) => string): string => (new Set(events.map(value)).size === 1 ? value(first) : '');
    try {
      await deps.runCommand(
        commandLine(command, {
          kind: same(({ kind }) => kind) || 'digest',
          title: 'AgentRQ',
          text,
          agent: same(({ agentId }) => agentName(board.board.agents.get(agentId ?? ''), l10n)),
          workspace: same(({ workspaceId }) => workspaceName(board.board, workspaceId)),
        }),
      );
    } catch (error) {
      const which = JSON.stringify(command);
      if (failed === which) return;
      failed = which;
      log.error(`the command of agentrq.attention.command failed: ${describeError(error)}`);
      const sentence = l10n.t('The command in “agentrq.attention.command” failed: {0}. Correct it in the settings.', describeError(error));
      await prompts.toast('warning', sentence);
    }
  };
}
