import { describeError } from '../../util/errors.ts';
import type { AttentionDeps } from './api.ts';

const freedesktop = '/usr/share/sounds/freedesktop/stereo/message.oga';

/** What plays a short sound on each system without being installed first, in the order in which it is tried. */
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
 * Plays the person's sound, or the one of the system: with a program, since the editor lets no extension play one. One at a time: what
 * comes while one plays is not heard twice. It never fails: that there is no sound is told and logged once.
 */
export function createSoundPlayer(deps: AttentionDeps): () => Promise<void> {
  const { prompts, log, l10n } = deps;
  let playing = false;
  /** What has failed, as it is set. */
  let failed: string | undefined;

  /** Runs the first of these that works; why the last one didn't, if none does. */
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
    const { soundCommand } = deps.settings.value.attention;
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
