/** The values of placeholders. */
export interface CommandValues {
  kind: string;
  title: string;
  text: string;
  agent: string;
  workspace: string;
}

/**
 * Replaces the placeholders in the user's command. Only an argument that is exactly a placeholder (`${text}`) is replaced. A value is
 * always one argument and never starts like an option.
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
