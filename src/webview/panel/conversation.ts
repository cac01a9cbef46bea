import type { Row } from '../../protocol/toPanelPage.ts';

// How rows stand together: what one author says in a short time is said in one breath, and a line stands where the user left off.

/** A row, and what stands over it. */
export interface ThreadEntry {
  readonly row: Row;
  /** It goes on with the message above it, under the same name. */
  readonly goesOn: boolean;
  /** From here on all is new to the user. */
  readonly firstNew: boolean;
}

/** What one author says within this time stands under one name. Milliseconds. */
export const breathMs = 5 * 60_000;

/** @param newSince RFC 3339; what others wrote after it is new. Rows are in the order of time. */
export function conversationOf(rows: readonly Row[], newSince: string | undefined): readonly ThreadEntry[] {
  const newAt = newSince === undefined ? -1 : rows.findIndex((row) => !row.own && row.at > newSince);
  /** The message under whose name the ones after it stand. */
  let named: Row | undefined;
  return rows.map((row, index): ThreadEntry => {
    const firstNew = index === newAt && index > 0;
    const goesOn = !firstNew && named !== undefined && isMessage(row) && isSameVoice(named, row);
    if (!goesOn) named = isMessage(row) ? row : undefined;
    return { row, goesOn, firstNew };
  });
}

function isMessage({ kind }: Row): boolean {
  return kind === 'message';
}

function isSameVoice(named: Row, row: Row): boolean {
  return named.own === row.own && named.who === row.who && Date.parse(row.at) - Date.parse(named.at) < breathMs;
}
