import { type ParseArgsOptionsConfig, parseArgs } from 'node:util';
import { describeError } from '../../src/util/errors.ts';

type Values<T extends ParseArgsOptionsConfig> = ReturnType<typeof parseArgs<{ options: T }>>['values'];

/**
 * What the command line says after the name of the command, if it has one. With `--help`, and if there is an option that nobody knows,
 * the usage is printed and the program ends.
 */
export function readOptions<T extends ParseArgsOptionsConfig>(usage: string, options: T, command?: string): Values<T> {
  const args = process.argv.slice(command === undefined ? 2 : 3);
  if (args.includes('--help')) {
    process.stdout.write(usage);
    process.exit(0);
  }
  try {
    return parseArgs({ args, options }).values;
  } catch (error) {
    // Node says further how something else could be written that nobody meant.
    return refuse(`${describeError(error).split(/\.(?:\s|$)|\n/)[0]}.`, usage);
  }
}

/** Those of `all` that an option names with commas between them, or all of them. */
export function chosen<T extends string>(option: string, list: string | undefined, all: readonly T[], usage: string): readonly T[] {
  const names = list?.split(',');
  const unknown = names?.find((name) => !all.some((one) => one === name));
  if (unknown !== undefined) refuse(`--${option} takes ${all.join(', ')}, or several with commas, not “${unknown}”.`, usage);
  return names === undefined ? all : all.filter((one) => names.includes(one));
}

/** Says what is wrong with the command line, and ends the program. */
export function refuse(sentence: string, usage: string): never {
  process.stderr.write(`${sentence}\n\n${usage}`);
  process.exit(2);
}
