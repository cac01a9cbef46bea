import { describeError } from '../../util/errors.ts';
import type { NotificationsDeps } from './api.ts';

const freedesktop = '/usr/share/sounds/freedesktop/stereo/message.oga';

/** Commands that play a short sound, preinstalled on each system, in the order in which they are tried. */
const players: Readonly<Record<string, readonly (readonly string[])[]>> = {
  darwin: [['afplay', '/System/Library/Sounds/Glass.aiff']],
  win32: [['powershell.exe', '-NoProfile', '-NonInteractive', '-Command', '[System.Media.SystemSounds]::Asterisk.Play(); Start-Sleep 1']],
  linux: [
    ['canberra-gtk-play', '--id=message'],
    ['pw-play', freedesktop],
    ['paplay', freedesktop],
  ],
};

/**
 * Plays the user's sound or the system's, with a program because the editor lets no extension play one. One at a time: calls while a sound
 * plays are ignored. Never rejects: a failure of the same command is shown and logged once.
 */
export function createSoundPlayer(deps: NotificationsDeps): () => Promise<void> {
  const { prompts, log, l10n } = deps;
  let playing = false;
  /** The command that failed last, as JSON. */
  let failed: string | undefined;

  /** Runs the commands until one works. Returns the reason of the last failure if none does. */
  async function firstOf(commands: readonly (readonly string[])[]): Promise<string | undefined> {
    let reason = l10n.t('no program that plays sounds is known for this system');
    for (const argv of commands) {
      try {
        await deps.runCommand(argv);
        return undefined;
      } catch (error) {
        reason = describeError(error);
      }
    }
    return reason;
  }

  return async () => {
    if (playing) return;
    const { soundCommand } = deps.settings.value.programs;
    playing = true;
    const reason = await firstOf(soundCommand.length > 0 ? [soundCommand] : (players[deps.platform] ?? [])).finally(
      () => (playing = false),
    );
    const which = JSON.stringify(soundCommand);
    if (reason === undefined || failed === which) return;
    failed = which;
    log.error(`no sound could be played: ${reason}`);
    await prompts.toast(
      'warning',
      l10n.t('The sound could not be played: {0}. Name a program that plays one in “agentrq.attention.soundCommand”.', reason),
    );
  };
}
