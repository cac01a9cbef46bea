/** One line of a git configuration: `[remote "origin"] url = x` is `remote`, `origin`, `url`, `x`. Section and key are in small letters. */
export interface ConfigEntry {
  section: string;
  /** Empty: none. */
  subsection: string;
  key: string;
  /** Absent: the key stands alone, which means yes. */
  value?: string;
}

/** The entries of a git configuration; `undefined` if there is anything in it that isn't certain. */
export function readConfig(source: string): ConfigEntry[] | undefined {
  const entries: ConfigEntry[] = [];
  let head: { section: string; subsection: string } | undefined;
  const text = source.replace(/^\uFEFF/, '').replaceAll('\r\n', '\n');
  // Blanks to JavaScript that are none to git, and characters that end a text for one of them.
  if (/[^\S \t\n]|[\0\u0085\uFEFF\uFFFD]/.test(text)) return undefined;
  const lines = joinContinued(text.split('\n'));
  if (lines === undefined) return undefined;
  for (const line of lines) {
    let rest = line.trim();
    if (rest.startsWith('[')) {
      const [whole = '', section = '', quoted, dotted] =
        /^\[([A-Za-z0-9-]+)(?:[ \t]+"((?:[^"\\]|\\.)*)"|\.([A-Za-z0-9.-]+))?\]/.exec(rest) ?? [];
      if (whole === '') return undefined;
      head = { section: section.toLowerCase(), subsection: quoted?.replaceAll(/\\(.)/g, '$1') ?? dotted?.toLowerCase() ?? '' };
      rest = rest.slice(whole.length).trim();
    }
    if (rest === '' || rest.startsWith('#') || rest.startsWith(';')) continue;
    const [, key, sign, raw = ''] = /^([A-Za-z][A-Za-z0-9-]*)[ \t]*(?:(=)[ \t]*(.*))?$/.exec(rest) ?? [];
    if (head === undefined || key === undefined) return undefined;
    const value = sign === undefined ? undefined : readValue(raw);
    if (sign !== undefined && value === undefined) return undefined;
    entries.push({ ...head, key: key.toLowerCase(), ...(value !== undefined && { value }) });
  }
  return entries;
}

/** A backslash at the end of a line continues it. Behind a comment it may or may not: nothing is read then. */
function joinContinued(lines: readonly string[]): string[] | undefined {
  const joined: string[] = [];
  let open = '';
  for (const line of lines) {
    if (/(?<!\\)(?:\\\\)*\\$/.test(line)) {
      if (/[#;]/.test(line)) return undefined;
      open += line.slice(0, -1);
      continue;
    }
    joined.push(open + line);
    open = '';
  }
  return open === '' ? joined : undefined;
}

/** A value without its quotes and its comment. */
function readValue(raw: string): string | undefined {
  let value = '';
  let kept = 0;
  let quoted = false;
  for (let at = 0; at < raw.length; at += 1) {
    const char = raw.charAt(at);
    if (char === '"') {
      quoted = !quoted;
      kept = value.length;
    } else if (char === '\\') {
      at += 1;
      const escaped = escapes[raw.charAt(at)];
      if (escaped === undefined) return undefined;
      value += escaped;
      kept = value.length;
    } else if (!quoted && (char === '#' || char === ';')) break;
    else {
      value += char;
      if (quoted || !/\s/.test(char)) kept = value.length;
    }
  }
  return quoted ? undefined : value.slice(0, kept);
}

const escapes: Readonly<Record<string, string>> = { n: '\n', t: '\t', b: '\b', '"': '"', '\\': '\\' };
