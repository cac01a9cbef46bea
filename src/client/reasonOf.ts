import { HubError } from '../protocol/hubErrors.ts';
import { UserError } from '../util/errors.ts';

/** Why something with the hub failed, as a sentence for the person; for a bug only that it did, the rest stands in the log. */
export function reasonOf(error: unknown): string {
  return error instanceof UserError || error instanceof HubError ? error.message : "The hub can't be reached: see the log.";
}
