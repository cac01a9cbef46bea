/** A config file as somebody has it; `undefined`: there is none. `other` is a server that the user has. */
export type Shapes = { readonly [name: string]: string | undefined };

const command = { command: 'node', args: ['/nowhere/other.mjs'] };

/**
 * Eight of JSON, with servers where the agent keeps them.
 * @param extra what the agent needs besides
 * @param comments whether it takes any
 */
export function jsonShapes(wrap: (servers: object) => object, server: object, comments: boolean): Shapes {
  const config = wrap({ other: server });
  const plain = `${JSON.stringify(config, null, 2)}\n`;
  const deep = { ...config, deep: Array.from({ length: 200 }).reduce<unknown>((inner) => [inner], 'bottom') };
  return {
    'as an agent writes it': plain,
    'with CRLF': plain.replaceAll('\n', '\r\n'),
    'with tabs': `${JSON.stringify(config, null, '\t')}\n`,
    'on one line, without an end': JSON.stringify(config),
    'with 4 blanks and other scripts': `${JSON.stringify({ ...config, 名: ['é', '🎉'] }, null, 4)}\n`,
    'nested deeply': JSON.stringify(deep, null, 2),
    [comments ? 'with comments and commas at the end' : 'with blank lines']: comments
      ? plain.replace('{\n', '{\n  // mine\n').replace(/\n\}\n$/, ', // the last one\n}\n')
      : plain.replaceAll('\n', '\n\n'),
    'not there': undefined,
  };
}

export const stdio = { type: 'stdio', ...command };
export const plainServer = command;
export const local = { type: 'local', ...command, tools: ['*'] };
export const openCodeServer = { type: 'local', command: ['node', '/nowhere/other.mjs'], enabled: true };

const toml = 'model = "gpt-5"\n\n[mcp_servers.other]\ncommand = "node"\nargs = ["/nowhere/other.mjs"]\n';

/** Eight of TOML. */
export const tomlShapes: Shapes = {
  'as an agent writes it': toml,
  'with CRLF': toml.replaceAll('\n', '\r\n'),
  'without an end': toml.trimEnd(),
  'with a table of inline tables': 'model = "gpt-5"\n[mcp_servers]\nother = { command = "node", args = ["/nowhere/other.mjs"] }\n',
  'with dotted keys':
    'mcp_servers.other.command = "node"\nmcp_servers.other.args = ["/nowhere/other.mjs"]\n\n[tui]\nnotifications = true\n',
  'with comments, lists of tables and long strings': `# mine\n${toml}\n[[skills.config]]\npath = '/a'\nenabled = true\n\n[tui] # last\nstatus_line = [\n  "model", # one\n]\n`,
  'with quoted keys': toml.replace('[mcp_servers.other]', '["mcp_servers" . "other"]'),
  'not there': undefined,
};
