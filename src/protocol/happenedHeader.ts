/** Says of a hook's event that its agent goes on without waiting, and when it happened: milliseconds since 1970. */
export const happenedHeader = 'agentrq-happened';
