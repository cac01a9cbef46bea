import type { DatabaseSync } from 'node:sqlite';
import { searchedWords } from './searchedWords.ts';

/** A piece of the log of decisions. */
export interface DecisionPage {
  /** Only what is older than this id. */
  before: string;
  workspaceId: string | undefined;
  /** A pattern of LIKE; the backslash escapes. */
  like: string;
  limit: number;
}

/** What a walk came by, the newest first. */
export interface Walked {
  ids: string[];
  /** The id at which it stopped, with more behind it; absent: it came to the end. */
  reached?: string;
}

/** A walk looks at so many rows at most, so that a search holds up nobody else for longer than some milliseconds. */
const rowsOfWalk = 1_000;

/** The requests that are no longer open. Indexes hold all that is looked at, so the long texts of the rows themselves are not read. */
export function walkRequests(database: DatabaseSync): (page: DecisionPage) => Walked {
  return walk(
    database,
    `SELECT requests.id AS id, (? IS NULL OR requests.workspaceId = ?)
       AND concat_ws(char(10), ${searchedWords}, tasks.title, agents.title, agents.name) LIKE ? ESCAPE '\\' AS hit
     FROM requests INDEXED BY decidedRequests
       LEFT JOIN tasks ON tasks.id = requests.taskId LEFT JOIN agents ON agents.id = requests.agentId
     WHERE requests.id < ? AND requests.status <> 'open' ORDER BY requests.id DESC`,
  );
}

/** The decisions that were taken over from elsewhere. */
export function walkDecisions(database: DatabaseSync): (page: DecisionPage) => Walked {
  return walk(
    database,
    `SELECT id, (? IS NULL OR workspaceId = ?) AND words LIKE ? ESCAPE '\\' AS hit
     FROM decisions INDEXED BY decisionsSearched WHERE id < ? ORDER BY id DESC`,
  );
}

function walk(database: DatabaseSync, sql: string): (page: DecisionPage) => Walked {
  const rows = database.prepare(sql);
  return ({ before, workspaceId, like, limit }) => {
    const ids: string[] = [];
    let looked = 0;
    for (const row of rows.iterate(workspaceId ?? null, workspaceId ?? null, like, before)) {
      const id = String(row['id']);
      if (row['hit'] === 1) ids.push(id);
      looked += 1;
      if (ids.length === limit || looked === rowsOfWalk) return { ids, reached: id };
    }
    return { ids };
  };
}
