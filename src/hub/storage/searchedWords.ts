/** So many characters of each text are searched: what an agent wants to do may be a megabyte. */
export const searchedLength = 2_000;

const permission = 'iif(json_valid(permission), permission, NULL)';
const answer = 'iif(json_valid(answer), answer, NULL)';

/**
 * What is searched of a request, as SQL: the beginnings of its texts. The index `decidedRequests` holds this text and is used where a query
 * repeats it word for word. A migration made that index, so a change of this text needs a migration that makes the index anew.
 */
export const searchedWords = `concat_ws(char(10), ${[
  'question',
  `${permission} ->> '$.tool'`,
  `${permission} ->> '$.input'`,
  `${answer} ->> '$.choices'`,
  `${answer} ->> '$.text'`,
  `${answer} ->> '$.note'`,
  `${answer} ->> '$.decision'`,
]
  .map((text) => `substr(${text}, 1, 2000)`)
  .join(', ')})`;
