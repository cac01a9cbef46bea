import type { Clock } from '../../util/clock.ts';
import type { PickItem, Prompts } from '../shell/prompts.ts';
import type { L10n } from '../text/l10n.ts';
import { type DoNotDisturb, untilTurnedOff } from './api.ts';

/** Asks for how long notifications are muted; while they are, offers to turn that off. */
export async function snoozeFlow(deps: { prompts: Prompts; doNotDisturb: DoNotDisturb; clock: Clock; l10n: L10n }): Promise<void> {
  const { prompts, doNotDisturb, clock, l10n } = deps;
  const now = clock.now();
  const items: PickItem<number>[] = [
    { label: l10n.t('For 15 Minutes'), value: now + 15 * 60_000 },
    { label: l10n.t('For 1 Hour'), value: now + 60 * 60_000 },
    { label: l10n.t('Until Tomorrow'), description: l10n.t('08:00'), value: tomorrowMorning(now) },
    { label: l10n.t('Until I Turn It Off'), value: untilTurnedOff },
  ];
  if (doNotDisturb.until > 0) items.unshift({ label: l10n.t('Turn Off'), value: 0 });
  const picked = await prompts.pickOne(items, {
    title: l10n.t('Snooze Notifications'),
    placeholder: l10n.t('Snooze for how long? (badge keeps counting)'),
  });
  if (picked.kind !== 'picked') return;
  await doNotDisturb.set(picked.value);
  prompts.showStatus(picked.value === 0 ? l10n.t('Notifications are on again.') : l10n.t('Notifications are snoozed.'));
}

/** Eight o'clock of the next day, local time. */
function tomorrowMorning(now: number): number {
  const morning = new Date(now);
  morning.setDate(morning.getDate() + 1);
  return morning.setHours(8, 0, 0, 0);
}
