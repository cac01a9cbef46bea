import type { InboxDeps, NeedsYouParts } from './api.ts';
import { createInbox } from './inbox.ts';
import { needsYouRows } from './needsYouRows.ts';

// The entry of the bundle of *Needs You*: what it shows, as rows and as cards.

export function createNeedsYou(deps: InboxDeps): NeedsYouParts {
  return { ...createInbox(deps), rows: needsYouRows };
}
