/**
 * Says that a format of `git log` only prints: `%G?` and the like would start gpg, `%(describe)` another git. The names of git's own
 * formats are fine.
 */
export function isHarmlessLogFormat(format: string): boolean {
  const known =
    /%(?:%|n|m|x[0-9a-fA-F]{2}|[HhTtPpdDSesfbBNw]|[ac][nNeElLdDrtiIsh]|g[DdnNeEs]|C(?:reset|red|green|blue)|C\([\w #,%()-]*?\)|[<>]{1,2}\|?\(\d+(?:,\w+)?\)|\((?:trailers|decorate)(?::[\w=,:/. -]*)?\)|w\([\d,]*\))/g;
  return !format.replaceAll(known, '').includes('%');
}

/** The same of a format of `git branch`, `git tag` and `git for-each-ref`: `%(signature)` would start gpg. */
export function isHarmlessRefFormat(format: string): boolean {
  const known =
    /%(?:%|[0-9a-fA-F]{2}|\(\*?(?:refname|objectname|objecttype|objectsize|upstream|push|HEAD|symref|subject|body|contents|(?:author|committer|tagger|creator)(?:name|email|date)?|numparent|parent|tree|type|object|tag|worktreepath|color|align|end|if|then|else)(?::[\w=,%/ :.-]*)?\))/g;
  return !format.replaceAll(known, '').includes('%');
}
