import { HubError } from '../../protocol/hubErrors.ts';

/**
 * Refuses what would make a task run at another time, or something else run after it: without it the task would be given out at once, and
 * nothing would follow. What is empty says nothing.
 * @throws HubError `not_supported`
 */
export function refuseLater({ cronSchedule, eventId }: Readonly<Record<string, unknown>>): void {
  if (isGiven(cronSchedule)) {
    throw new HubError(
      'not_supported',
      'This hub has no schedules yet, and would give the task out at once. Leave cronSchedule out, and create the task when it is due.',
    );
  }
  if (!isGiven(eventId)) return;
  throw new HubError(
    'not_supported',
    'This hub has no events yet, so nothing would follow the task. Leave eventId out, and create the next task when this one is done.',
  );
}

function isGiven(value: unknown): boolean {
  return value !== undefined && value !== null && value !== '';
}
