import type { Delivery, RequestStatus, TaskStatus } from '../protocol/model.ts';
import { assertNever } from '../util/errors.ts';
import type { L10n } from './l10n.ts';

/** Statuses in the order in which the person cares for them. */
export const statusOrder: readonly TaskStatus[] = ['ongoing', 'blocked', 'notstarted', 'cron', 'completed', 'rejected'];

export function statusWord(status: TaskStatus, l10n: L10n): string {
  switch (status) {
    case 'ongoing':
      return l10n.t('Ongoing');
    case 'blocked':
      return l10n.t('Blocked');
    case 'notstarted':
      return l10n.t('Not Started');
    case 'completed':
      return l10n.t('Completed');
    case 'rejected':
      return l10n.t('Rejected');
    case 'cron':
      return l10n.t('Scheduled');
    default:
      return assertNever(status);
  }
}

/** How far a message of the person has come. */
export function deliveryWords(delivery: Delivery, l10n: L10n): string {
  switch (delivery) {
    case 'queued':
      return l10n.t('waiting for the agent');
    case 'offered':
      return l10n.t('handed over');
    case 'delivered':
      return l10n.t('delivered');
    default:
      return assertNever(delivery);
  }
}

/** How far a request has come. */
export function requestWords(status: RequestStatus, l10n: L10n): string {
  switch (status) {
    case 'open':
      return l10n.t('needs your answer');
    case 'answered':
      return l10n.t('answered, waiting for the agent');
    case 'delivered':
      return l10n.t('answered, delivered');
    case 'acted':
      return l10n.t('answered, the agent went on');
    case 'expired':
      return l10n.t('expired');
    case 'superseded':
      return l10n.t('replaced by a newer one');
    case 'withdrawn':
      return l10n.t('taken back by the agent');
    default:
      return assertNever(status);
  }
}
