/** What a placeholder stands for. */
export interface CommandValues {
  kind: string;
  title: string;
  text: string;
  agent: string;
  workspace: string;
}

/**
 * The person's command with what it is about: an argument that is a placeholder and nothing else (`${text}`) becomes its value, anything
 * else stays as it is. A value is one argument, whatever it holds, and never one that begins like an option.
 */
export function commandLine(argv: readonly string[], values: CommandValues): string[] {
  return argv.map((argument, index) => {
    const name = index === 0 ? undefined : /^\$\{(\w+)\}$/.exec(argument)?.[1];
    return name !== undefined && Object.hasOwn(values, name) ? asValue(values[name as keyof CommandValues]) : argument;
  });
}

function asValue(text: string): string {
  return /^[-/@]/.test(text) ? ` ${text}` : text;
}
